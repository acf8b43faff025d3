"""The files of sample-data/exports: which record goes into which container."""

import struct
import zlib

from . import blocklist, campaign, casework, quirks, routine, takeover
from .values import TENANT, american, digits, encode, guid, table

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def text(lines, end="\n"):
    return "".join(line + end for line in lines).encode()


def lines(records):
    return text(encode(record) for record in records)


def gzipped(content):
    """A gzip file without time and name, the same on every machine."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(content) + packer.flush()
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + body + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)


def field(value):
    return '"' + value.replace('"', '""') + '"'


def moment(record):
    """`09 07:33:12` of the record's time."""
    return record["CreationTime"][8:19].replace("T", " ")


def purview(records):
    """The portal's CSV: `RecordId,CreationDate,...`."""
    rows = ["RecordId,CreationDate,RecordType,Operation,UserId,AuditData,"
            "AssociatedAdminUnits,AssociatedAdminUnitsNames"]
    for record in records:
        rows.append(",".join([record["Id"], record["CreationTime"] + ".0000000Z", str(record["RecordType"]),
                              record["Operation"], record["UserId"], field(encode(record)), "", ""]))
    return BYTE_ORDER_MARK + text(rows, "\r\n")


def older_purview(records):
    """The older CSV: `CreationDate,UserIds,Operations,AuditData`, with dates as two spreadsheets write them."""
    rows = ["CreationDate,UserIds,Operations,AuditData"]
    for index, record in enumerate(records):
        date = table(moment(record)) if index % 2 else american(moment(record))
        rows.append(",".join([field(date), record["UserId"], record["Operation"], field(encode(record))]))
    return text(rows, "\r\n")


def hunting_row(record, raw, index):
    return {"Timestamp": record["CreationTime"], "ActionType": record["Operation"], "Application": "Microsoft 365",
            "ApplicationId": 11161, "AccountId": "airinvestigation", "AccountObjectId": None, "ObjectId": record["Id"],
            "ReportId": "%s_11161_%s" % (int(digits("report %d" % index, 6), 16), record["Id"]), "RawEventData": raw}


def hunting(records):
    """CloudAppEvents: a bare row, rows in the streaming wrapper, one with the record as text."""
    rows = []
    for index, record in enumerate(records):
        row = hunting_row(record, encode(record) if index == 2 else record, index)
        if index:
            row = {"time": record["CreationTime"], "tenantId": TENANT, "operationName": "Publish",
                   "category": "AdvancedHunting-CloudAppEvents", "properties": row, "Tenant": "DefaultTenant"}
        rows.append(encode(row))
    return text(rows)


def camel(record):
    return {key[0].lower() + key[1:]: value for key, value in record.items()}


def graph(records):
    """Graph audit query answers: keys in auditData, in camel case, and under dynamicProperties."""
    types = {64: "airInvestigation", 86: "airManualInvestigation", 89: "airAdminActionInvestigation"}
    rows = []
    for index, record in enumerate(records):
        kind = {"@odata.type": "#microsoft.graph.security.%sData" % types[record["RecordType"]]}
        keys = [record, {"dynamicProperties": record}, camel(record)][index % 3]
        rows.append({"@odata.type": "#microsoft.graph.security.auditLogRecord", "id": record["Id"],
                     "createdDateTime": record["CreationTime"] + "Z", "auditLogRecordType": types[record["RecordType"]],
                     "operation": record["Operation"], "organizationId": TENANT, "userType": "system",
                     "userId": record["UserId"], "service": record["Workload"], "objectId": record["Id"],
                     "userPrincipalName": None, "clientIp": None, "administrativeUnits": [""],
                     "auditData": dict(kind, **keys)})
    document = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#security/auditLog/queries('%s')/records"
                % guid("query"), "@odata.count": len(rows), "value": rows}
    return (encode(document, indent=2) + "\n").encode()


def array(records, **options):
    return ("[" + ",\n".join(encode(record, **options) for record in records) + "]\n").encode()


def files():
    """File name to content."""
    air = campaign.records() | casework.records() | quirks.records()
    other = takeover.mailbox_taken() | blocklist.block_list() | routine.records()

    def some(names):
        return [air[name] for name in names.split(", ")]

    return {
        # A content blob of the management interface. Later records stand before earlier ones.
        "01-air-array.json": array(some(
            "voice done, hostile pending, gift pending, voice pending, bank pending, verdict pending")),
        "02-air-lines.jsonl": BYTE_ORDER_MARK + lines(some(
            "supplier pending, canteen done, wave running, canteen running, scan done, tax pending")),
        "03-air-invoice-lure.json": (encode(air["wave pending"], indent=2) + "\n").encode(),
        "04-purview.csv": purview(some("malware pending, wave started, wave running, calendar")),
        "05-purview-older.csv": older_purview(some("malware done, survey, print")),
        "06-cloudappevents.jsonl": hunting(some("drive pending, bare done, badge pending")),
        "07-graph-audit.json": graph(some("odd pending, modern done, world pending, salary done")),
        "08-air-array.json.gz": gzipped(array(some(
            "bare text, bare object, bank ended, canteen done, queue, throttle"))),
        "09-air-lines.jsonl": lines(some("modern pending, parcel running, fresh, salary done, voice pending")),
        "10-acme-soar.jsonl": lines(reversed([record for name, record in other.items() if name != "devices"])),
        "11-acme-edr.jsonl": lines([other["devices"]]),
    }
