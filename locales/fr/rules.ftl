# Pourquoi une valeur ne convient pas : une phrase par règle, qui dit quoi faire.

rule-required = Remplissez ce champ.
rule-too-short = Saisissez au moins { $min } caractères.
rule-too-long = Limitez-vous à { $max } caractères.
rule-unprintable = Supprimez les caractères invisibles ; il suffit souvent de retaper le texte au lieu de le coller.
rule-forbidden-character = Supprimez le caractère « { $character } », qui n’est pas admis ici.

rule-only-special-characters = Saisissez un nom qui comporte des lettres ou des chiffres, pas seulement des caractères spéciaux.
rule-only-legal-form = Indiquez le nom complet de l’entreprise ; une forme juridique comme « SARL » ne suffit pas à elle seule.
rule-repeated-character = Indiquez le vrai nom de l’entreprise, pas un caractère répété.
rule-separated-characters = Indiquez le vrai nom de l’entreprise, pas des caractères isolés séparés par des espaces.

rule-person-name-one-character = Indiquez le nom en entier, pas seulement une initiale.
rule-person-name-placeholder = Indiquez le nom d’une vraie personne, pas un nom fictif.
rule-person-name-without-letters = Saisissez un nom qui comporte des lettres.

rule-email-format = Saisissez une adresse e-mail de la forme nom@exemple.fr.
rule-email-domain = Vérifiez ce qui suit l’arobase : il faut un nom de domaine complet, comme exemple.fr.
rule-email-ip-address = Après l’arobase, indiquez un nom de domaine plutôt qu’une adresse IP.
rule-email-local-part-too-long = Vérifiez ce qui précède l’arobase : { $max } caractères au maximum.
rule-email-of-operator = Indiquez une adresse e-mail du client ; celles de l’exploitant du portail ne sont pas admises.
rule-email-of-partner = Indiquez une adresse e-mail du client, pas une adresse de votre entreprise.

rule-domain-prefix-characters = N’utilisez que des lettres de a à z, des chiffres et des traits d’union, sans accents ni espaces.
rule-domain-prefix-hyphens = Ne doublez pas les traits d’union et n’en mettez ni au début ni à la fin.
rule-domain-prefix-reserved = Choisissez un autre préfixe, celui-ci est réservé.

rule-unknown-country = Choisissez un pays dans la liste ou saisissez son code ISO à deux lettres.
rule-country-code-is = Pour ce pays, utilisez le code ISO { $code }.
rule-unknown-state = Choisissez un État ou une province dans la liste de ce pays.
rule-postal-code-format = Saisissez un code postal comme { $example }.
rule-postal-code-characters = N’utilisez que des lettres, des chiffres, des espaces et des traits d’union dans le code postal.

rule-phone-characters = Saisissez un numéro composé de chiffres ; espaces, points, tirets, parenthèses et + initial sont admis.
rule-phone-calling-code = Saisissez un numéro du pays choisi, qui commence par +{ $code }.
rule-phone-length = Vérifiez le numéro : après l’indicatif du pays, il doit compter { $digits } chiffres.

rule-registration-number-format = Saisissez un numéro comme { $example }.
rule-registration-number-check-digit = Vérifiez votre saisie : ce numéro d’immatriculation n’est pas valide.
rule-registration-number-characters = Saisissez un numéro composé de chiffres et, s’il y en a, de lettres ; espaces, points, tirets et barres obliques sont admis.

rule-web-address = Saisissez une adresse web complète, par exemple https://www.example.com.
rule-linkedin-page = Saisissez l’adresse d’une page d’entreprise sur LinkedIn, par exemple https://www.linkedin.com/company/exemple.

rule-date-format = Saisissez une date qui existe, sous la forme AAAA-MM-JJ.
rule-date-in-future = Indiquez la date du jour ou une date passée.

# Ce qui est accepté mais mérite un second regard.

advice-company-name-has-domain-ending = Ce nom se termine comme un nom de domaine ; vérifiez qu’il s’agit bien de la dénomination légale exacte.

# Comment s’appelle le numéro d’immatriculation dans chaque pays.

registration-label-any = Numéro d’immatriculation de l’entreprise
registration-label-bin-iin = BIN / IIN
registration-label-cnpj = CNPJ
registration-label-edrpou = Code EDRPOU
registration-label-ein = EIN
registration-label-idno = IDNO
registration-label-inn = INN
registration-label-inn-ein-kpp = INN / EIN / KPP
registration-label-nip = Numéro fiscal (NIP)
registration-label-rif = RIF
registration-label-siren = Numéro SIREN ou SIRET
registration-label-tin = Numéro d’identification fiscale (TIN)
registration-label-tin-pan = TIN / PAN
registration-label-tin-vat-psn = Numéro fiscal (TIN), de TVA ou de service public
registration-label-trn = Numéro de référence fiscale (TRN)
registration-label-trn-vat = TRN / numéro de TVA
registration-label-unp = UNP
rule-amount = Saisissez un montant positif ou nul, par exemple 12500 ou 12500,50.
