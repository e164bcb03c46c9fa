"""The report's tables as CSV files in one zip."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from maturity.web.files.tables import Table, csv_bytes
from reports.exports.clock import ZIP_DAY


def csv_report(tables: tuple[Table, ...]) -> bytes:
    """Return a zip with one file a table, named by its key; nothing in it is run as a formula.

    Files are UTF-8 with a mark that says so, a head line first. The same tables give the same
    bytes.
    """
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            head = [column.heading for column in table.columns]
            info = ZipInfo(f"{table.key}.csv", ZIP_DAY)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, csv_bytes([head, *table.rows]))
    return out.getvalue()
