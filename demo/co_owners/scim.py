"""The customs site's accounts, for the portal: SCIM 2.0 (RFC 7644), the two verbs that it uses (PPR-06)."""

import hmac
import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request

from demo.co_owners.register import Register
from models.kernel.co_owners import CoOwner
from models.kernel.settings.co_owners import CoOwnerSettings

_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_USER = "urn:ietf:params:scim:schemas:core:2.0:User"


def accounts(co_owner: CoOwner, register: Register, there: CoOwnerSettings) -> Blueprint:
    """`POST /Users` and `PATCH /Users/{id}`, for who has the bearer secret."""
    pages = Blueprint(f"{co_owner.lower()}_scim", __name__, url_prefix=f"/{co_owner.lower()}/scim/v2")

    @pages.before_request
    def prove() -> Response | None:
        expected = f"Bearer {there.scim_secret.get_secret_value()}"
        header = request.headers.get("Authorization", "")
        return None if hmac.compare_digest(header.encode(), expected.encode()) else _refused(401)

    @pages.post("/Users")
    def create() -> Response:
        body: dict[str, Any] = request.get_json(force=True)
        login, password = str(body.get("userName", "")), str(body.get("password", ""))
        if not login or not password:
            return _refused(400)
        if register.named(login) is not None:
            return _refused(409)
        subject = uuid.uuid4().hex
        register.add(subject, login, str(body.get("displayName", login)), password)
        return _told({"schemas": [_USER], "id": subject, "userName": login, "active": True}, 201)

    @pages.patch("/Users/<subject>")
    def change(subject: str) -> Response:
        operations = request.get_json(force=True).get("Operations", [])
        passwords = [
            operation.get("value") for operation in operations if operation.get("path") == "password"
        ]
        if len(passwords) != 1 or not isinstance(passwords[0], str):
            return _refused(400)
        return Response(status=204) if register.change_password(subject, passwords[0]) else _refused(404)

    return pages


def _told(body: dict[str, Any], status: int) -> Response:
    response = jsonify(body)
    response.status_code, response.mimetype = status, "application/scim+json"
    return response


def _refused(status: int) -> Response:
    return _told({"schemas": [_ERROR], "status": str(status)}, status)
