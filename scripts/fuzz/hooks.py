"""Hooks of schemathesis: who calls, and which ids exist. `people.ts` writes what `FUZZ_CALLER` names.

Generated ids name nothing, and a call that always ends at a 404 finds little. So most of them are replaced by ids of
what there is: what the company of the run was made of, and what calls have made since.
"""
import atexit
import json
import os
import random
import time
import uuid

import requests
import schemathesis

with open(os.environ["FUZZ_CALLER"], encoding="utf-8") as file:
    caller = json.load(file)

api = caller["base"] + "/api/v1"
pool = caller["ids"]
chance = random.Random(int(os.environ["FUZZ_SEED"]))
existing_share = 0.7
# A password given counts for 5 minutes.
confirm_after_seconds = 120

# What stands before an id in a path, and what an id in a body or query is called, with the kind of thing it names.
kind_of_path = {
    "users": "users",
    "members": "users",
    "user-groups": "groups",
    "approval-flows": "flows",
    "catalog": "flows",
    "access-requests": "requests",
    "grants": "grants",
    "applications": "applications",
    "connectors": "connectors",
}
kind_of_field = {
    "userId": "users",
    "managerId": "users",
    "groupId": "groups",
    "groupIds": "groups",
    "visibleToGroupIds": "groups",
    "approvalFlowId": "flows",
    "ids": "requests",
    "connectorId": "connectors",
    "url": "urls",
    "logoUrl": "urls",
}

# Calls that end the credentials they are made with are made in the name of somebody else, with a sign-in of their own.
ends_credentials = {("DELETE", "/session"), ("DELETE", "/me/sessions"), ("DELETE", "/me/sessions/{id}"), ("POST", "/me/password")}

# Nobody's credentials end in the middle of the run: calls about these accounts and tokens are made about something else.
spared = set(caller["spared"])

state = {"calls": 0, "slowest": 0.0, "answers": {}, "session": None, "confirmed": 0.0}


def sign_in(person):
    answer = requests.post(api + "/session", json={"email": person["email"], "password": person["password"]}, timeout=30)
    answer.raise_for_status()
    cookie = "; ".join(f"{one.name}={one.value}" for one in answer.cookies)
    return {"Cookie": cookie, "X-CSRF-Token": answer.json()["csrfToken"]}


def session():
    if state["session"] is None:
        state["session"], state["confirmed"] = sign_in(caller["person"]), time.monotonic()
    if time.monotonic() - state["confirmed"] > confirm_after_seconds:
        body = {"password": caller["person"]["password"]}
        requests.post(api + "/session/confirmation", json=body, headers=state["session"], timeout=30).raise_for_status()
        state["confirmed"] = time.monotonic()
    return state["session"]


def credentials(method, path):
    if caller["token"]:
        return {"Authorization": "Bearer " + caller["token"]}
    if not caller["person"]:
        return {}
    return sign_in(caller["passerBy"]) if (method, path) in ends_credentials else session()


def existing(kind, value):
    return chance.choice(pool[kind]) if pool.get(kind) and chance.random() < existing_share else value


def with_existing(value, name=""):
    if isinstance(value, dict):
        return {key: with_existing(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [with_existing(one, name) for one in value]
    return existing(kind_of_field[name], value) if isinstance(value, str) and name in kind_of_field else value


def kind_before(path, parameter):
    before = path.split("{" + parameter + "}")[0].rstrip("/").split("/")[-1]
    return kind_of_path.get(before, "")


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    if case.path_parameters:
        for name, value in case.path_parameters.items():
            value = existing(kind_before(path, name), value)
            case.path_parameters[name] = str(uuid.UUID(int=chance.getrandbits(128))) if value in spared else value
    if isinstance(case.body, (dict, list)):
        case.body = with_existing(case.body)
    if case.query:
        case.query = with_existing(case.query)
    case.headers.update(credentials(case.method, path))


@schemathesis.hook
def after_call(context, case, response):
    state["calls"] += 1
    state["slowest"] = max(state["slowest"], response.elapsed)
    state["answers"][response.status_code] = state["answers"].get(response.status_code, 0) + 1
    kind = kind_of_path.get(case.operation.path.strip("/").split("/")[0])
    if response.status_code == 201 and kind:
        pool[kind].append(response.json()["id"])


@atexit.register
def tell():
    """Counts, and whether the credentials still count at the end: else the run has not tested what it says."""
    still_let_in = not (caller["person"] or caller["token"]) or requests.get(
        api + "/me", headers=credentials("GET", "/me"), timeout=30
    ).ok
    told = {key: state[key] for key in ("calls", "slowest", "answers")}
    with open(os.environ["FUZZ_CALLER"] + ".told", "w", encoding="utf-8") as out:
        json.dump({**told, "stillLetIn": still_let_in}, out)
