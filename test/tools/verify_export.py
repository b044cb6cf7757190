"""Checks an export, written from docs/export-format.md alone: python3 verify_export.py FILE. Prints the first fault."""
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta, timezone

OBJECT_OF = {"Staged": "main", "Activated": "main", "RolledBack": "main", "Deactivated": "main", "Committed": "draft", "Tagged": "tag"}
MEMBERS = {
    "header": "adoptions filter format kind logId parent previous version",
    "event": "data kind metadata position previous revision stream type",
    "object": "adoption eventId id kind on previous text",
    "end": "events head kind objects previous tip unpublished",
}


class Fault(Exception):
    pass


def require(truth, what):
    if not truth:
        raise Fault(what)


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    require(not isinstance(value, float), "a number that is no integer")
    return json.dumps(value, ensure_ascii=False)


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def git_id(kind, text):
    data = text.encode()
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data).hexdigest()


def signature(name, email, at):
    moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    seconds = (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(seconds=1)
    return f"{name} <{email}> {seconds} +0000"


def by_actor(metadata):
    actor = metadata["actor"]
    return signature(actor["name"], actor["id"] + "@slipway.invalid", metadata["occurredAt"])


def message(event):
    data, metadata, kind = event["data"], event["metadata"], event["type"]
    actor = metadata["actor"]["id"]
    moves = [(c["package"], c["fromVersion"] or "none", c["toVersion"] or "none") for c in data.get("changes", [])]
    several = f"{len(moves)} packages" if len(moves) != 1 else None
    package, old, new = moves[0] if moves else (data.get("package"), None, None)
    if kind == "Staged":
        subject, who = f"stage: Merge {package} {data['version']}", [f"Staged by: {actor}"]
    elif kind == "RolledBack":
        one = f"Remove {package}" if new == "none" else f"Revert {package} to {new}"
        subject = "rollback: " + (f"Revert {several}" if several else one)
        who = [f"Reason: {data['reason']}", f"Rolled back by: {actor}"]
    else:
        verb = {"Activated": "Activate", "Deactivated": "Deactivate"}[kind]
        subject = f"release: {verb} " + (several or f"{package} {new if kind == 'Activated' else old}")
        who = [f"{kind} by: {actor}", f"Reason: {data['reason']}"]
    if data.get("overrides"):
        who.append("Overridden: " + ", ".join(data["overrides"]))
    trailers = [
        f"Slipway-Event-Id: {metadata['eventId']}",
        f"Slipway-Event: {event['stream']}@{event['revision']}",
        f"Slipway-Event-Hash: {metadata['hash']}",
        f"Slipway-Occurred-At: {metadata['occurredAt']}",
        f"Slipway-Actor: {actor}",
    ]
    if kind == "Staged":
        trailers.append(f"Slipway-Release: {package}@{data['version']}")
    trailers += [f"Slipway-Change: {p}@{f}->{t}" for p, f, t in moves]
    listed = ["\n".join(f"{p} {f} -> {t}" for p, f, t in moves)] if len(moves) > 1 else []
    return "\n\n".join([subject, *listed, "\n".join(who), "\n".join(trailers)]) + "\n"


class Export:
    def __init__(self, header):
        require((header["format"], header["version"]) == ("slipway-export", 1), "format")
        self.header, self.filter = header, header["filter"]
        self.last, self.adopted, self.position, self.owed = {}, 0, 0, None
        before = header["parent"] or {"adoption": -1, "eventId": None, "commit": None}
        self.adoption, self.before = before["adoption"], before["eventId"]
        self.tip = self.parent = before["commit"]
        self.waiting = False
        self.counts = {"events": 0, "objects": 0, "unpublished": 0}

    def event(self, line):
        stream, metadata, place = line["stream"], line["metadata"], line["position"]
        first, until, packages = self.filter["from"], self.filter["until"], self.filter["packages"]
        require(self.position < place <= until, "place")
        require(place >= first or stream == "repository", "place before the part")
        if packages is None:
            require(place < first or place == max(self.position + 1, first), "a place is left out")
        else:
            require(stream in ["repository", "pointer-production", *("package-" + p for p in packages)], "filter")
        link = line["revision"], metadata["previousHash"]
        if stream in self.last:
            before = self.last[stream]
            require(link == (before["revision"] + 1, before["metadata"]["hash"]), "chain")
            require(metadata["occurredAt"] >= before["metadata"]["occurredAt"], "order in time")
        elif first == 1 or stream == "repository" or line["revision"] == 0:
            require(link == (0, None), "start of a stream")
        sealed = {key: value for key, value in metadata.items() if key != "hash"}
        parts = {key: line[key] for key in ("stream", "revision", "type", "data")}
        require(metadata["hash"] == digest({**parts, "metadata": sealed}), "hash")
        self.last[stream], self.position = line, place
        self.counts["events"] += 1
        self.owed = line if line["type"] in OBJECT_OF else None
        if line["type"] == "Adopted":
            facts = {key: line["data"][key] for key in ("commit", "commitForm", "serviceIdentity", "previousEventId")}
            require(self.header["adoptions"][self.adopted] == {"eventId": metadata["eventId"], **facts}, "adoption")
            self.adopted += 1

    def object(self, line):
        event, self.owed = self.owed, None
        on = OBJECT_OF[event["type"]] if event else "main"
        require(line["on"] == on, "place of the object")
        require(event is not None or self.filter["packages"] is not None, "a commit without its event")
        require(event is None or line["eventId"] == event["metadata"]["eventId"], "event of the object")
        if on == "main":
            self.stand(line)
        else:
            require(line["adoption"] is None, "adoption of the object")
        oid, text = line["id"], line["text"]
        if on != "draft" and oid is None and text is None:
            self.counts["unpublished"] += 1
            self.waiting = self.waiting or on == "main"
            return
        require(git_id("tag" if on == "tag" else "commit", text) == oid, "id of the object")
        self.counts["objects"] += 1
        if on == "tag":
            data = event["data"]
            head = f"object {data['commit']}\ntype commit\ntag {data['tag']}\ntagger {by_actor(event['metadata'])}"
            require(text == f"{head}\n\n{data['message']}\n", "tag")
        elif on == "draft":
            require(oid == event["data"]["commit"], "commit of the draft")
        else:
            self.on_main(event, line["eventId"], text)
            self.tip = self.parent = oid

    def stand(self, line):
        if line["adoption"] != self.adoption:
            require(self.adoption < line["adoption"] < len(self.header["adoptions"]), "adoption")
            begun = self.header["adoptions"][line["adoption"]]
            require(begun["previousEventId"] == self.before, "where an adoption begins")
            self.adoption, self.parent, self.waiting = line["adoption"], begun["commit"], False
        self.before = line["eventId"]

    def on_main(self, event, event_id, text):
        require(not self.waiting, "published after one that is not")
        tree, parent = re.match(r"tree ([0-9a-f]{40})\nparent ([0-9a-f]{40})\n", text).groups()
        require(parent == self.parent, "first parent")
        if event is None:
            require(f"\nSlipway-Event-Id: {event_id}\n" in text, "event of the commit")
            return
        adoption = self.header["adoptions"][self.adoption]
        require(adoption["commitForm"] == 1, "commit form")
        service, metadata = adoption["serviceIdentity"], event["metadata"]
        merged = f"parent {event['data']['commit']}\n" if event["type"] == "Staged" else ""
        committer = signature(service["name"], service["email"], metadata["occurredAt"])
        head = f"tree {tree}\nparent {parent}\n{merged}author {by_actor(metadata)}\ncommitter {committer}\n"
        require(text == f"{head}\n{message(event)}", "commit")

    def end(self, line):
        require(self.adopted == len(self.header["adoptions"]), "adoptions")
        require(self.filter["packages"] is not None or self.position == self.filter["until"], "last place")
        head = digest({stream: event["metadata"]["hash"] for stream, event in self.last.items()})
        facts = {**self.counts, "tip": self.tip, "head": head}
        require(line == {"kind": "end", "previous": line["previous"], **facts}, "end")
        return facts


def verify(file):
    export, facts, number, before = None, None, 0, None
    try:
        for number, data in enumerate(file, 1):
            require(facts is None, "a line after the end")
            require(data.endswith(b"\n"), "no newline")
            line = json.loads(data[:-1].decode("utf-8"))
            require(canonical(line).encode() + b"\n" == data, "canonical form")
            require(MEMBERS.get(line["kind"]) == " ".join(sorted(line)), "members")
            require(line["previous"] == before, "digest of the line before")
            require((line["kind"] == "header") == (number == 1), "header")
            if number == 1:
                export = Export(line)
            elif line["kind"] == "object":
                export.object(line)
            else:
                require(export.owed is None, "the object of the event before is missing")
                if line["kind"] == "end":
                    facts = export.end(line)
                else:
                    export.event(line)
            before = hashlib.sha256(data).hexdigest()
        require(facts is not None, "no end")
    except (Fault, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as fault:
        return None, f"line {number}: {fault}"
    return facts, None


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, "rb") as opened:
            found, wrong = verify(opened)
        print(f"{path}: {wrong or 'sound ' + json.dumps(found)}")
