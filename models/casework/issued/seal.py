"""The electronic seal of a PDF: PAdES B-B, or B-T with a time stamp (COM-13, CTX-14).

An advanced seal, made with the installation's own key: a qualified one needs a qualified provider. The time stamp is
best effort: an authority that is away costs the document its stamp, and nothing else.
"""

from io import BytesIO

import structlog
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from models.casework.issued.keys import SealKey
from models.casework.issued.sealed import Ask, Sealed

log = structlog.get_logger()

_FIELD = "Cachet"
_RESERVED = 32 * 1024
"""Hexadecimal digits kept for the signature: with a time stamp and its certificates, about 12,000 are used."""


class _Authority(TimeStamper):
    """Has the question travel by the portal's own way out, which pyHanko knows nothing of."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """What pyHanko calls; it holds the answer's nonce and status against the question."""
        answer: tsp.TimeStampResp = tsp.TimeStampResp.load(await self._ask(req.dump()))
        return answer


async def seal(pdf: bytes, key: SealKey, authority: str, ask: Ask | None = None) -> Sealed:
    """The PDF under its seal, which says for which authority it was put; nothing may be changed afterwards.

    Takes some tens of milliseconds of a processor, and as long as the time-stamping authority takes: not for a thread
    that others wait for.
    """
    if ask is not None:
        try:
            return Sealed(await _sign(pdf, key, authority, _Authority(ask)), timestamped=True)
        except Exception as error:  # noqa: BLE001 - whatever an authority answers, the document is issued
            log.warning("document.not_timestamped", error=type(error).__name__)
    return Sealed(await _sign(pdf, key, authority, None), timestamped=False)


async def _sign(pdf: bytes, key: SealKey, authority: str, stamper: TimeStamper | None) -> bytes:
    said = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=authority,
        reason="Cachet électronique de l’autorité",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    out = BytesIO()
    await PdfSigner(said, _signer(key), timestamper=stamper).async_sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=out, bytes_reserved=_RESERVED
    )
    return out.getvalue()


def _signer(key: SealKey) -> SimpleSigner:
    private = key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
