"""Records of the neutral Countersign export."""

from .values import TENANT, zulu


def action(key, kind, targets, started=None, status="pending", alerts=None, **more):
    result = {"id": "act-" + key, "kind": kind, "status": status, "targets": targets}
    if started:
        result["started"] = zulu(started)
        if status == "pending":
            result["pendingSince"] = zulu(started)
    if alerts:
        result["alerts"] = alerts
    return result | more


def record(key, number, engine, investigation, created, **parts):
    investigation = {"id": key} | investigation | {"created": zulu(created)}
    return {"format": "countersign-export/1", "id": "%s/%d" % (key, number), "tenant": TENANT, "engine": engine,
            "investigation": investigation} | parts


def decided(verdict, by, when, comment=None):
    result = {"verdict": verdict, "by": by, "at": zulu(when)}
    return result | {"comment": comment} if comment is not None else result
