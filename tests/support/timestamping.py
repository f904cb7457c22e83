"""A time-stamping authority of our own (RFC 3161): openssl's, behind HTTP, under a root made for the test."""

import datetime as dt
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIGURATION = """
[ tsa ]
default_tsa = one
[ one ]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""


@dataclass
class Authority:
    """Where it is, what to trust it by, and what it does."""

    folder: Path
    url: str = ""
    asked: int = 0
    answers: bytes | None = None
    """What it answers instead of a time stamp."""
    status: int = 200
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> Path:
        """Its root certificate, PEM."""
        return self.folder / "root.pem"

    def reply(self, question: bytes) -> bytes:
        """A time stamp, as openssl makes it."""
        with self.lock:
            self.asked += 1
            if self.answers is not None:
                return self.answers
            (self.folder / "question").write_bytes(question)
            words = [
                "openssl",
                "ts",
                "-reply",
                "-queryfile",
                "question",
                "-config",
                "tsa.cnf",
                "-out",
                "answer",
            ]
            subprocess.run(words, cwd=self.folder, check=True, capture_output=True)
            return (self.folder / "answer").read_bytes()


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """One that answers, on a port of its own."""
    one = made(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = one.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(one.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    one.url = f"http://127.0.0.1:{server.server_port}/tsa"
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def made(folder: Path) -> Authority:
    """Its keys and certificates."""
    folder.mkdir(parents=True)
    root_key, root = _certificate("Racine", None)
    key, certificate = _certificate("Horodatage", (root_key, root))
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "tsa.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "tsa.key").write_bytes(private)
    (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))
    return Authority(folder)


def _certificate(
    name: str, issuer: tuple[rsa.RSAPrivateKey, x509.Certificate] | None
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return key, builder.sign(issuer[0] if issuer else key, hashes.SHA256())
