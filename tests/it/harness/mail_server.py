"""A mail server process for one test: TLS by STARTTLS and a sign-in are required.

Says "ready", then the Message-ID and the recipients of each letter that it takes, a line each.
Usage: mail_server.py PORT CERTIFICATE KEY USER PASSWORD
"""
import email
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, certificate, key, user, password = sys.argv[1:]


class Handler:
    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content)
        print(letter["Message-ID"], ",".join(envelope.rcpt_tos), flush=True)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == (user, password)
    return AuthResult(success=known, handled=False)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
controller = Controller(
    Handler(), hostname="127.0.0.1", port=int(port), tls_context=context, require_starttls=True,
    authenticator=authenticate, auth_required=True,
)
controller.start()
print("ready", flush=True)
while True:
    time.sleep(60)
