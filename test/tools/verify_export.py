"""Checks an export, written from docs/export-format.md alone: python3 verify_export.py FILE. Prints the first fault."""
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta, timezone

OBJECT_OF = {"Staged": "main", "Activated": "main", "RolledBack": "main", "Deactivated": "main", "Committed": "draft", "Tagged": "tag"}
MEMBERS = {
    "header": "adoptions filter format kind logId parent streams version",
    "event": "after data kind metadata position revision stream type",
    "commit": "commit eventId kind object on",
    "tag": "eventId kind object tag",
    "end": "commits events head kind logId sha256 tags tip unpublished",
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
        self.starts = {start["stream"]: start for start in header["streams"]}
        self.last, self.places, self.adopted = {}, {}, 0
        self.position, self.owed = 0, None
        self.tip, self.ground, self.waiting = header["parent"], self.ground_of(self.filter["from"] - 1), False
        self.counts = {"events": 0, "commits": 0, "tags": 0, "unpublished": 0}

    def ground_of(self, place_before):
        """The adoption of what comes after a place."""
        return max([i for i, a in enumerate(self.header["adoptions"]) if a["after"] <= place_before], default=-1)

    def event(self, line):
        stream, metadata, place = line["stream"], line["metadata"], line["position"]
        first, until, packages = self.filter["from"], self.filter["until"], self.filter["packages"]
        require(line["after"] == self.position < place <= until, "place")
        require(place >= first or stream == "repository", "place before the part")
        if packages is None:
            require(place < first or place == max(self.position + 1, first), "a place is left out")
        else:
            require(stream in ["repository", "pointer-production", *("package-" + p for p in packages)], "filter")
        if stream in self.last:
            before = self.last[stream]
            link = before["revision"] + 1, before["metadata"]["hash"]
            require(metadata["occurredAt"] >= before["metadata"]["occurredAt"], "order in time")
        else:
            start = self.starts.get(stream, {})
            link = start.get("revision"), start.get("previousHash")
        require((line["revision"], metadata["previousHash"]) == link, "chain")
        sealed = {key: value for key, value in metadata.items() if key != "hash"}
        parts = {key: line[key] for key in ("stream", "revision", "type", "data")}
        require(metadata["hash"] == digest({**parts, "metadata": sealed}), "hash")
        self.last[stream], self.places[metadata["eventId"]], self.position = line, place, place
        self.counts["events"] += 1
        self.owed = line if line["type"] in OBJECT_OF else None
        if line["type"] == "Adopted":
            self.adoption(line)

    def adoption(self, line):
        require(self.adopted < len(self.header["adoptions"]), "an adoption that the header does not name")
        known = self.header["adoptions"][self.adopted]
        self.adopted += 1
        data, previous = line["data"], line["data"]["previousEventId"]
        own = line["position"] if self.adopted == 1 else 0
        after = own if previous is None else self.places.get(previous, known["after"])
        facts = {key: data[key] for key in ("commit", "commitForm", "serviceIdentity")}
        require(known == {"eventId": line["metadata"]["eventId"], "after": after, **facts}, "adoption")

    def object(self, line):
        event, self.owed = self.owed, None
        on = OBJECT_OF[event["type"]] if event else "main"
        require(line["kind"] == ("tag" if on == "tag" else "commit") and line.get("on", "tag") == on, "kind of the object")
        require(event is None or line["eventId"] == event["metadata"]["eventId"], "event of the object")
        oid, text = line.get("commit", line.get("tag")), line["object"]
        if event and on == "main" and self.ground_of(self.position - 1) != self.ground:
            self.stand(self.ground_of(self.position - 1))
        if event and on != "draft" and oid is None and text is None:
            self.counts["unpublished"] += 1
            self.waiting = self.waiting or on == "main"
            return
        require(git_id(line["kind"], text) == oid, "id of the object")
        self.counts[line["kind"] + "s"] += 1
        if on == "tag":
            data = event["data"]
            head = f"object {data['commit']}\ntype commit\ntag {data['tag']}\ntagger {by_actor(event['metadata'])}"
            require(text == f"{head}\n\n{data['message']}\n", "tag")
        elif on == "draft":
            require(oid == event["data"]["commit"], "commit of the draft")
        else:
            self.on_main(event, line, text)
            self.tip = oid

    def on_main(self, event, line, text):
        require(not self.waiting, "published after one that is not")
        tree, parent = re.match(r"tree ([0-9a-f]{40})\nparent ([0-9a-f]{40})\n", text).groups()
        if event is None:
            require(self.filter["packages"] is not None, "a commit without its event")
            require(f"\nSlipway-Event-Id: {line['eventId']}\n" in text, "event of the commit")
            later = [i for i, a in enumerate(self.header["adoptions"]) if i > self.ground and a["commit"] == parent]
            if parent != self.tip and later:
                self.stand(later[0])
            require(parent == self.tip, "first parent")
            return
        adoption = self.header["adoptions"][self.ground]
        require(adoption["commitForm"] == 1, "commit form")
        service, metadata = adoption["serviceIdentity"], event["metadata"]
        merged = f"parent {event['data']['commit']}\n" if event["type"] == "Staged" else ""
        committer = signature(service["name"], service["email"], metadata["occurredAt"])
        head = f"tree {tree}\nparent {self.tip}\n{merged}author {by_actor(metadata)}\ncommitter {committer}\n"
        require(text == f"{head}\n{message(event)}", "commit")

    def stand(self, ground):
        self.ground, self.tip, self.waiting = ground, self.header["adoptions"][ground]["commit"], False

    def end(self, line, sha256):
        require(line["logId"] == self.header["logId"], "log")
        require(sorted(self.last, key=lambda s: s.encode("utf-16-be")) == [s["stream"] for s in self.header["streams"]], "streams")
        require(self.adopted == len(self.header["adoptions"]), "adoptions")
        require(self.filter["packages"] is not None or self.position == self.filter["until"], "last place")
        head = digest({stream: event["metadata"]["hash"] for stream, event in self.last.items()})
        facts = {**self.counts, "tip": self.tip, "head": head, "sha256": sha256}
        require(line == {"kind": "end", "logId": line["logId"], **facts}, "end")
        return facts


def verify(file):
    export, facts, number, whole = None, None, 0, hashlib.sha256()
    try:
        for number, data in enumerate(file, 1):
            require(facts is None, "a line after the end")
            require(data.endswith(b"\n"), "no newline")
            line = json.loads(data[:-1].decode("utf-8"))
            require(canonical(line).encode() + b"\n" == data, "canonical form")
            require(MEMBERS.get(line["kind"]) == " ".join(sorted(line)), "members")
            require((line["kind"] == "header") == (number == 1), "header")
            if number == 1:
                export = Export(line)
            elif line["kind"] in ("commit", "tag"):
                export.object(line)
            else:
                require(export.owed is None, "the object of the event before is missing")
                if line["kind"] == "end":
                    facts = export.end(line, whole.hexdigest())
                else:
                    export.event(line)
            whole.update(data)
        require(facts is not None, "no end")
    except (Fault, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as fault:
        return None, f"line {number}: {fault}"
    return facts, None


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, "rb") as opened:
            found, wrong = verify(opened)
        print(f"{path}: {wrong or 'sound ' + json.dumps(found)}")
