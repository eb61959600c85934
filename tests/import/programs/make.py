#!/usr/bin/env python3
"""Makes the workbooks of this folder: customers.fods by hand, the rest by the programs themselves. See README.md."""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {"office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
         "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0", "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0", "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2"}
STYLES = """<office:automatic-styles>
<number:number-style style:name="N1"><number:scientific-number number:decimal-places="2" number:min-integer-digits="1" number:min-exponent-digits="2"/></number:number-style>
<number:date-style style:name="N2"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="short" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>
</office:automatic-styles>"""


def text(words, **more):
    attributes = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in more.items())
    return f'<table:table-cell office:value-type="string"{attributes}><text:p>{words}</text:p></table:table-cell>'


def number(value, shown, style=None):
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell office:value-type="float" office:value="{value}"{named}><text:p>{shown}</text:p></table:table-cell>'


def day(value, shown):
    return f'<table:table-cell office:value-type="date" office:date-value="{value}" table:style-name="day"><text:p>{shown}</text:p></table:table-cell>'


def formula(code, shown):
    return f'<table:table-cell table:formula="of:={code}" office:value-type="string" office:string-value="{shown}"><text:p>{shown}</text:p></table:table-cell>'


NONE = "<table:table-cell/>"
UNDER = "<table:covered-table-cell/>"

CUSTOMERS = [
    [text("Kunden der Konditorei Größmann", number_columns_spanned=5, number_rows_spanned=1)] + [UNDER] * 4,
    [text("Name"), text("Telefon"), NONE, text("E-Mail"), text("Geburtstag"), text("Bemerkung")],
    [text("Jürgen Größmann"), number("447700900101", "4.48E+11", "short"), NONE, text("juergen@example.org"), day("1985-12-31", "31.12.1985"), text("mag &quot;Sacher&quot;; ohne Nüsse")],
    [text("أمينة حداد"), text("٠٧٧٠٠٩٠٠١٠٢")],
    [text("Zoë Müller"), text("+44 7700 900103"), NONE, NONE, NONE, text("=1+1 ist kein Rezept")],
    [formula("CONCATENATE(&quot;Bob&quot;;&quot; Carter&quot;)", "Bob Carter"), formula("&quot;0770&quot;&amp;&quot;0900104&quot;", "07700900104")],
    [],
    "hidden",
    [text("Termin statt Nummer"), day("2026-06-14", "14.06.2026")],
    [text("Familie Weiß", number_columns_spanned=1, number_rows_spanned=2), text("07700900106")],
    [UNDER, text("07700900107")],
    [text("Verkürzt"), text("8.12E+11")],
    [text("J. Größmann"), text("07700 900101")],
    [text("Fehler"), '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'],
    [text("Festnetz ohne Null"), number("2079460123", "2079460123")],
]
SUPPLIERS = [[text("Firma"), text("Handy")], [text("Mühle Süd"), text("07700900150")]]


def rows(table):
    made = ""
    for row in table:
        cells = [text("Versteckt"), text("07700900105")] if row == "hidden" else row
        shown = ' table:visibility="collapse"' if row == "hidden" else ""
        made += f'<table:table-row{shown}>{"".join(cells) or NONE}</table:table-row>\n'
    return made


def source():
    spaces = " ".join(f'xmlns:{name}="{value}"' for name, value in NAMES.items()) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    tables = f'<table:table table:name="Leer"/>\n<table:table table:name="Kunden">\n{rows(CUSTOMERS)}</table:table>\n<table:table table:name="Lieferanten">\n{rows(SUPPLIERS)}</table:table>'
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">\n{STYLES}\n'
            f"<office:body><office:spreadsheet>\n{tables}\n</office:spreadsheet></office:body></office:document>\n")


def run(*words):
    print(" ".join(words))
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def office(folder, kind, path):
    run("soffice", "-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", kind, "--outdir", folder, path)


def main():
    os.chdir(HERE)
    with open("customers.fods", "w", encoding="utf-8") as stream:
        stream.write(source())
    with tempfile.TemporaryDirectory() as folder:
        # 44: comma, 34: quotes, 76: UTF-8, then the sheet; 59: semicolon, ANSI: Windows-1252 of old programs
        for kind, name in (("xlsx", "libreoffice.xlsx"), ("ods", "libreoffice.ods"), ("xls", "libreoffice.xls"), ("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "libreoffice.csv")):
            office(folder, kind, "customers.fods")
            made = os.path.join(folder, "customers-Kunden.csv" if kind.startswith("csv") else "customers." + kind.split(":")[0])
            with open(made, "rb") as stream, open(name, "wb") as copy:
                copy.write(stream.read())
    run("ssconvert", "libreoffice.ods", "gnumeric.xlsx", "--export-type=Gnumeric_Excel:xlsx2")
    run("ssconvert", "libreoffice.ods", "gnumeric.ods", "--export-type=Gnumeric_OpenCalc:odf")
    run("ssconvert", "libreoffice.ods", "gnumeric.xls", "--export-type=Gnumeric_Excel:excel_biff8")
    run("ssconvert", "--export-type=Gnumeric_stf:stf_assistant", "-O", "separator=; charset=ISO-8859-1 sheet=Lieferanten", "libreoffice.ods", "gnumeric.txt")
    for program in ("soffice", "ssconvert"):
        print(subprocess.run([program, "--version"], capture_output=True, text=True).stdout.split("\n")[0])


if __name__ == "__main__":
    sys.exit(main())
