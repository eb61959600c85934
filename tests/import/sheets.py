"""Spreadsheets as the programs of this world write them, made by hand: only the parts a reader looks at, each as they spell it."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def column(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Workbook:
    """kind: "excel" (shared strings, absolute places), "google" (shared strings, targets from the root), "plain" (inline strings, no places)."""

    def __init__(self, kind="excel", date1904=False):
        self.kind, self.date1904 = kind, date1904
        self.strings, self.sheets, self.formats = [], [], ["General"]

    def style(self, code):
        if code not in self.formats:
            self.formats.append(code)
        return self.formats.index(code)

    def cell(self, row, at, value):
        place = "" if self.kind == "plain" else f' r="{column(at)}{row}"'
        if value is None:
            return ""
        if isinstance(value, tuple):  # (number as the file has it, format)
            return f'<c{place} s="{self.style(value[1])}"><v>{value[0]}</v></c>'
        if isinstance(value, bool):
            return f'<c{place} t="b"><v>{int(value)}</v></c>'
        if isinstance(value, (int, float)):
            return f"<c{place}><v>{value}</v></c>"
        if value.startswith("#"):
            return f'<c{place} t="e"><v>{value}</v></c>'
        if self.kind == "plain":
            return f'<c{place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        if value not in self.strings:
            self.strings.append(value)
        return f'<c{place} t="s"><v>{self.strings.index(value)}</v></c>'

    def add(self, name, rows, merged=()):
        body = ""
        for number, row in rows:
            place = "" if self.kind == "plain" else f' r="{number}"'
            body += f"<row{place}>" + "".join(self.cell(number, at, value) for at, value in enumerate(row)) + "</row>"
        merges = "".join(f"<mergeCell ref={quoteattr(area)}/>" for area in merged)
        merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merges else ""
        self.sheets.append((name, f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{merges}</worksheet>'))

    def parts(self):
        root = "/xl/" if self.kind == "google" else ""
        sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(self.sheets, 1))
        targets = "".join(f'<Relationship Id="rId{n}" Type="x/worksheet" Target="{root}worksheets/sheet{n}.xml"/>' for n in range(1, len(self.sheets) + 1))
        formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(self.formats) if n)
        styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{14 if code == "date" else 164 + n}"/>' for n, code in enumerate(self.formats) if n)
        parts = {f"xl/worksheets/sheet{n}.xml": xml for n, (_, xml) in enumerate(self.sheets, 1)}
        parts["xl/workbook.xml"] = (f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr{" date1904=" + quoteattr("1") if self.date1904 else ""}/>'
                                    f"<sheets>{sheets}</sheets></workbook>")
        parts["xl/_rels/workbook.xml.rels"] = f'{HEAD}<Relationships xmlns="{PACKAGE}">{targets}</Relationships>'
        parts["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
        if self.strings:
            # Rich text in runs, as Excel stores it when a few letters are bold; the second half is still the same string.
            items = "".join(f"<si><r><t xml:space=\"preserve\">{escape(s[:2])}</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">{escape(s[2:])}</t></r>"
                            f"<rPh sb=\"0\" eb=\"1\"><t>read aloud</t></rPh></si>" if len(s) > 2 else f"<si><t>{escape(s)}</t></si>" for s in self.strings)
            parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>'
        return parts

    def bytes(self):
        return zipped(self.parts())


OFFICE = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
          'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, tuple):  # (type, value, shown)
        kind, number, shown = value
        name = "date-value" if kind == "date" else "value"
        return f'<table:table-cell office:value-type="{kind}" office:{name}="{number}"><text:p>{shown}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><office:annotation><text:p>a comment</text:p></office:annotation><text:p>{escape(value)}</text:p></table:table-cell>'


def ods(tables, tail=""):
    body = ""
    for name, rows in tables:
        lines = "".join("<table:table-row>" + "".join(map(ods_cell, row)) + '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>' for row in rows)
        body += f'<table:table table:name={quoteattr(name)}>{lines}{tail}<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    content = f"{HEAD}<office:document-content {OFFICE}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})
