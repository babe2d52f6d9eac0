"""What the contract cannot say, told to Schemathesis: keys that are used once, accounts that may be ended, files that are pictures."""
import base64
import json
import os
import re
import unicodedata
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


FILLERS = "\u115f\u1160\u3164\uffa0\u2800"


def is_visible(text):
    return any(unicodedata.category(c)[0] in "LNPS" or unicodedata.category(c) in ("Cn", "Co") for c in text if c not in FILLERS)


def with_something_to_see(value):
    """Text of which nothing is seen is refused, which patterns of JSON Schema cannot say."""
    if isinstance(value, dict):
        return {key: with_something_to_see(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_something_to_see(inner) for inner in value]
    return "x" + value[1:] if isinstance(value, str) and value and not is_visible(value) else value


@schemathesis.hook
def before_call(context, case, kwargs):
    if is_good_input(case) and isinstance(case.body, (dict, list)):
        case.body = with_something_to_see(case.body)
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
