import type { LabelTone } from '../../core/domain/label.ts'
import type { Role } from '../../core/domain/people.ts'

export type Colleague = { name: string; email: string; role: Role; teams: string[] }

export const firm = 'Nordwerk'

export const teams = ['Lieferung', 'Rechnung', 'Reparatur']

/** What Nordwerk's conversations are about. */
export const labels: { name: string; tone: LabelTone }[] = [
  { name: 'Ersatzteil', tone: 'ochre' },
  { name: 'Garantie', tone: 'moss' },
  { name: 'Reklamation', tone: 'brick' },
  { name: 'Rückruf', tone: 'blue' },
  { name: 'Stammkundschaft', tone: 'violet' },
]

/** Signs in first, and lets the others in. */
export const administrator: Colleague = {
  name: 'Maren Lorenz',
  email: 'maren.lorenz@nordwerk.example',
  role: 'administrator',
  teams: [],
}

/** Everybody at Nordwerk, the demo's firm: six people in three teams. */
export const colleagues: Colleague[] = [
  administrator,
  {
    name: 'Jonas Petersen',
    email: 'jonas.petersen@nordwerk.example',
    role: 'supervisor',
    teams: ['Lieferung', 'Rechnung', 'Reparatur'],
  },
  {
    name: 'Anna Krüger',
    email: 'anna.krueger@nordwerk.example',
    role: 'agent',
    teams: ['Lieferung'],
  },
  {
    name: 'Cem Yıldız',
    email: 'cem.yildiz@nordwerk.example',
    role: 'agent',
    teams: ['Lieferung', 'Reparatur'],
  },
  {
    name: 'Ayşe Demir',
    email: 'ayse.demir@nordwerk.example',
    role: 'agent',
    teams: ['Rechnung'],
  },
  {
    name: 'Lukas Brandt',
    email: 'lukas.brandt@nordwerk.example',
    role: 'agent',
    teams: ['Reparatur'],
  },
]

/** Who answers by themselves while somebody tries the desk out. */
export const atWork = ['cem.yildiz@nordwerk.example', 'ayse.demir@nordwerk.example']

/** Where a conversation of the scenario stands this morning. Those not named wait for somebody to sort them. */
export type Placement = {
  contact: string
  team?: string
  assignee?: string
  /** What came from the past alone is resolved by itself. */
  status?: 'open' | 'resolved'
  /** By name. */
  labels?: string[]
}

const delivery = 'Lieferung'
const invoice = 'Rechnung'
const repair = 'Reparatur'
const maren = administrator.name
const jonas = 'Jonas Petersen'
const anna = 'Anna Krüger'
const cem = 'Cem Yıldız'
const ayse = 'Ayşe Demir'
const lukas = 'Lukas Brandt'

export const placements: Placement[] = [
  { contact: 'Thomas Wagner', team: repair, assignee: maren, labels: ['Garantie'] },
  { contact: 'Sabine Vogelsang', assignee: maren },
  { contact: 'Florian Kastner', assignee: maren },
  { contact: 'Dr. Friederike von Alten', team: repair, assignee: maren },
  { contact: 'Priya Raman', team: repair, assignee: maren, labels: ['Ersatzteil'] },
  { contact: 'Tobias Ahrens', assignee: jonas },
  {
    contact: 'Dörte Müller-Lüdenscheidt',
    team: delivery,
    assignee: anna,
    labels: ['Reklamation', 'Stammkundschaft'],
  },
  { contact: 'Emre Kılıç', team: delivery, assignee: anna },
  { contact: 'Hanne Brodersen', team: delivery, assignee: anna },
  { contact: 'Chiara Bianchi', team: delivery, assignee: anna, status: 'resolved' },
  { contact: 'Elke Böhme', team: delivery, assignee: anna, status: 'resolved' },
  { contact: 'Oliver Grant', team: delivery, assignee: cem },
  { contact: 'Mehmet Öztürk', team: repair, assignee: cem, labels: ['Ersatzteil'] },
  { contact: 'Amira Haddad', team: delivery, assignee: cem },
  { contact: 'Claudia Reiß', team: repair, assignee: cem, labels: ['Garantie', 'Rückruf'] },
  { contact: 'Hinrich Petersen', team: repair, assignee: cem, status: 'open' },
  { contact: 'Jürgen Fischer', team: invoice, assignee: ayse, status: 'resolved' },
  { contact: 'Nadine Feldmann', team: invoice, assignee: ayse, status: 'resolved' },
  { contact: 'Fiona Gallagher', team: invoice, assignee: ayse },
  { contact: 'Wolfgang Preuß', team: invoice, assignee: ayse, labels: ['Reklamation'] },
  { contact: 'Monika Zielinski', team: invoice, assignee: ayse },
  { contact: 'Petra Becker', team: repair, assignee: lukas },
  { contact: 'Ute Brandes', team: repair, assignee: lukas },
  { contact: 'Roswitha Kern', team: repair, assignee: lukas },
  { contact: 'Siobhán Byrne', team: delivery },
  { contact: 'Katarzyna Nowak', team: delivery },
  { contact: 'Björn Håkansson', team: delivery },
  { contact: 'Marta Kowalczyk', team: delivery },
  { contact: 'Yusuf Arslan', team: delivery },
  { contact: 'Nils Jansen', team: delivery },
  { contact: 'Ingrid Sommerfeld', team: invoice },
  { contact: 'Sophie Lambert', team: invoice },
  { contact: 'Anna-Lena Schröder', team: invoice },
  { contact: 'Hannelore Wiechmann', team: repair },
  { contact: 'Karl-Heinz Opitz', team: repair },
  { contact: 'Werkstatt Lindner', team: repair, labels: ['Stammkundschaft'] },
  { contact: 'James Whitfield', team: repair },
  { contact: 'Gerd Thiessen', team: repair, labels: ['Rückruf'] },
  { contact: 'Robin Ellis', team: repair },
]
