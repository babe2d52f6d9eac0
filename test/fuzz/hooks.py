"""What the contract cannot say, told to Schemathesis: keys that are used once, accounts that may be ended, files that are pictures."""
import base64
import json
import os
import re
import uuid

import requests
import schemathesis
from schemathesis import GenerationMode

API = os.environ["FUZZ_API"]
TOKEN = os.environ["FUZZ_TOKEN"]
PICTURE = base64.b64decode(os.environ["FUZZ_PICTURE"])
DOOMED = json.loads(os.environ["FUZZ_DOOMED"])
VALID_KEY = re.compile(r"^[ -~]{1,255}$")
ENDS_ITS_SESSION = {"logoutUser", "changePassword", "deleteCurrentUser"}


def is_good_input(case):
    return case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE


def throw_away_token():
    """Every account registers from an address of its own: registrations are counted by address."""
    name = "u" + uuid.uuid4().hex[:20]
    address = ".".join(["10", *(str(part) for part in uuid.uuid4().bytes[:3])])
    account = {"username": name, "email": f"{name}@example.com", "password": "correct horse battery staple"}
    answer = requests.post(f"{API}/auth/register", json=account, headers={"X-Forwarded-For": address}, timeout=30)
    answer.raise_for_status()
    return answer.json()["data"]["token"]


@schemathesis.auth()
class Access:
    """Everybody's token, but one of its own for what ends a session."""

    def get(self, case, context):
        return TOKEN

    def set(self, case, data, context):
        ends = case.operation.definition.raw.get("operationId") in ENDS_ITS_SESSION
        case.headers["Authorization"] = f"Bearer {throw_away_token() if ends else data}"


def spare_what_others_need(case):
    """What the other operations are tried on stays; a second set of everything is there to be deleted."""
    parameters = case.path_parameters or {}
    for name, value in parameters.items():
        parameters[name] = DOOMED.get(value, value) if isinstance(value, str) else value


@schemathesis.hook
def before_call(context, case, kwargs):
    if VALID_KEY.match((case.headers or {}).get("Idempotency-Key") or ""):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if "wait=" in ((case.headers or {}).get("Prefer") or ""):
        case.headers["Prefer"] = "wait=1"
    if case.operation.method.upper() == "DELETE":
        spare_what_others_need(case)
    if not is_good_input(case):
        return
    if case.media_type == "multipart/form-data" and isinstance(case.body, dict) and "file" in case.body:
        case.body = {**case.body, "file": PICTURE}
