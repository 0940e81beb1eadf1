import type { people as english } from '../en/people.ts'
import type { Translation } from '../translation.ts'

export const people: Translation<typeof english> = {
  title: 'Personen importieren',
  back: 'Alle Benutzer',
  intro:
    'Aus einer CSV-Datei, wie Tabellenprogramme sie schreiben. Zuerst sehen Sie, was aus jeder Zeile würde; geschrieben wird erst beim Import.',
  choose: 'CSV-Datei wählen',
  chooseOther: 'Andere Datei wählen',
  limits:
    'Oder hier ablegen. Bis zu 20.000 Personen und 10 MB. Komma, Semikolon oder Tabulator; UTF-8 oder Windows-Text.',
  template: 'Vorlage herunterladen',
  everybody: 'Alle als Datei herunterladen',
  rules: {
    title: 'Wie eine Datei gelesen wird',
    known: 'Personen werden an ihrer E-Mail-Adresse erkannt: Wer da ist, wird geändert, alle anderen werden angelegt.',
    empty: 'Eine leere Zelle lässt ein Feld, wie es ist. Ein einzelner Bindestrich (-) leert es.',
    manager: 'Führungskräfte werden mit ihrer E-Mail-Adresse genannt und dürfen in jeder Zeile der Datei stehen.',
    state: 'Der Status ist vorbereitet, aktiv oder gesperrt; wer neu ist, ist ohne Angabe aktiv.',
    groups:
      'Gruppen sind alle, in denen die Person direkt Mitglied ist, getrennt durch |. Zugriff durch eine Anfrage bleibt, wie er ist.',
    whole: 'Die Datei zählt als Ganzes: Ist eine Zeile abgelehnt, wird nichts importiert.',
  },
  file: {
    other_kind:
      'Das ist keine CSV-Datei, sondern {{kind}}. Speichern Sie sie in dem Programm, aus dem sie kommt, als „CSV UTF-8“.',
    not_closed:
      'Die Datei lässt sich nicht als CSV lesen. In Zeile {{line}} oder davor beginnt oder endet eine Zelle mit einem Anführungszeichen, zu dem das zweite fehlt.',
    empty: 'Die Datei ist leer.',
    no_columns: 'Die erste Zeile nennt keine der Spalten. Beginnen Sie mit der Vorlage.',
    no_email: 'Die Spalte E-Mail fehlt: Personen werden an ihrer Adresse erkannt.',
    no_people: 'Die Datei hat nur die Zeile, die die Spalten nennt.',
    unknown_columns: 'Die Datei hat unbekannte Spalten: {{names}}. Entfernen Sie sie oder benennen Sie sie um.',
    column_twice: 'Die Spalte {{name}} gibt es mehrmals.',
    too_many: 'Die Datei hat mehr als {{maximum}} Personen. Teilen Sie sie auf.',
  },
  kind: {
    workbook: 'eine Excel- oder OpenDocument-Mappe oder ein ZIP-Archiv',
    old_workbook: 'eine alte Excel-Mappe',
    pdf: 'ein PDF',
    packed: 'eine gepackte Datei',
    binary: 'etwas anderes als Text',
    markup: 'ein HTML- oder XML-Dokument',
    json: 'JSON',
  },
  importing: '{{done}} von {{total}} Personen geschrieben',
  starting: '{{total}} Personen werden noch einmal geprüft …',
  result: '{{name}}: {{created}} neu, {{changed}} zu ändern, {{unchanged}} unverändert, {{refused}} abgelehnt',
  refusedNote:
    'Solange eine Zeile abgelehnt ist, wird nichts importiert. Berichtigen Sie die Datei und wählen Sie sie noch einmal.',
  nothingToDo: 'Alle in dieser Datei sind schon so, wie sie es sagt.',
  import_one: '{{count}} Person importieren',
  import_other: '{{count}} Personen importieren',
  show: 'Anzeigen',
  lines: {
    all: 'Alle Zeilen ({{count}})',
    refused: 'Abgelehnt ({{count}})',
    created: 'Neu ({{count}})',
    changed: 'Zu ändern ({{count}})',
    unchanged: 'Unverändert ({{count}})',
  },
  table: 'Zeilen der Datei',
  column: { line: 'Zeile', person: 'Person', outcome: 'Ergebnis', detail: 'Was sich ändert' },
  outcome: { created: 'Neu', changed: 'Geändert', unchanged: 'Unverändert', refused: 'Abgelehnt' },
  field: {
    name: 'Name',
    email: 'E-Mail',
    manager: 'Führungskraft',
    managerEmail: 'E-Mail der Führungskraft',
    department: 'Abteilung',
    jobTitle: 'Position',
    state: 'Status',
    groups: 'Gruppen',
  },
  groupsAdded: '+ {{names}}',
  groupsRemoved: '− {{names}}',
  more_one: '{{count}} weitere Zeile zeigen',
  more_other: '{{count}} weitere Zeilen zeigen',
  doneTitle: 'Die Datei ist importiert',
  doneText: '{{created}} angelegt, {{changed}} geändert, {{unchanged}} unverändert. Jede Änderung steht im Protokoll.',
  toUsers: 'Zu den Benutzern',
  another: 'Weitere Datei importieren',
}
