"""The key that seals issued documents and signs their codes: EC P-256, with its certificate, drawn once.

Both lie in the data folder, the key with mode 0600. A key that is replaced leaves its certificate there under another
name, so that what it sealed can still be verified; see docs/operate.md.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from models.journal.sealing.keys import keep
from models.kernel import clock
from models.kernel.settings.portal import settings

PRIVATE = "document_key.pem"
CERTIFICATE = "document_key.crt.pem"
_CERTIFICATES = "document_key*.crt.pem"
_LIFE = timedelta(days=3653)
"""Of a certificate: as long as a paper may still be shown. The key is meant to be replaced earlier."""
_HALF = 32
"""Bytes of each of the two numbers that an ES256 signature is."""
NAME_BYTES = 8


@dataclass(frozen=True, slots=True)
class SealKey:
    """The private key, its certificate, and the name that statements and rows know it by."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    name: bytes
    """The beginning of the SHA-256 of the public key (SubjectPublicKeyInfo, DER)."""

    def sign(self, data: bytes) -> bytes:
        """ES256: the two numbers of the signature, 32 bytes each (RFC 9053, 2.1)."""
        r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def seal_key() -> SealKey:
    """This portal's key; drawn at first use.

    Raises:
        OSError: when the data folder cannot be read or written.
        TypeError, ValueError: when its file holds another key than the certificate's, or none.
    """
    return _seal_key(settings().data_dir.resolve())


@cache
def _seal_key(folder: Path) -> SealKey:
    path = folder / PRIVATE
    if not path.exists():
        keep(path, _new_pem(), 0o600)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name} is not an EC key")
    if not (folder / CERTIFICATE).exists():
        keep(folder / CERTIFICATE, certify(key).public_bytes(Encoding.PEM), 0o644)
    certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
    if _spki(certificate.public_key()) != _spki(key.public_key()):
        raise ValueError(f"{CERTIFICATE} is not of {PRIVATE}: rename both when you replace the key")
    return SealKey(key, certificate, key_name(certificate))


def certificates() -> list[x509.Certificate]:
    """Every certificate that verification trusts, the present one first: what was sealed before still verifies."""
    seal_key()
    folder = settings().data_dir
    others = sorted(path for path in folder.glob(_CERTIFICATES) if path.name != CERTIFICATE)
    return [x509.load_pem_x509_certificate(path.read_bytes()) for path in (folder / CERTIFICATE, *others)]


def key_name(certificate: x509.Certificate) -> bytes:
    """What a statement names the certificate's key by."""
    return hashlib.sha256(_spki(certificate.public_key())).digest()[:NAME_BYTES]


def certify(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate of its own for that key: for a seal (contentCommitment), which validators ask for."""
    host = urlsplit(settings().public_url).hostname or "localhost"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Passavant"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Cachet de {host}"[:64]),
        ]
    )
    now = clock.machine()
    usage = {"digital_signature": True, "content_commitment": True}
    never = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    none = dict.fromkeys((*never, "encipher_only", "decipher_only"), False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + _LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **none), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _spki(key: object) -> bytes:
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError("not an EC key")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _new_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
