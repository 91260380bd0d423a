// Everything here only makes things quicker: each page works without it.
import './reveal.js';
import './menus.js';
import './rows.js';
import './live.js';
import './forms.js';
import './poll.js';
import './beacon.js';
import './preview.js';
