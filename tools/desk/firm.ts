import type { Role } from '../../core/domain/people.ts'

export type Colleague = { name: string; email: string; role: Role; teams: string[] }

export const firm = 'Nordwerk'

export const teams = ['Lieferung', 'Rechnung', 'Reparatur']

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

/** Where a conversation of the scenario stands this morning. Those not named wait for somebody to take them on. */
export type Placement = { contact: string; team: string; assignee?: string }

export const placements: Placement[] = [
  { contact: 'Dörte Müller-Lüdenscheidt', team: 'Lieferung', assignee: 'Anna Krüger' },
  { contact: 'Siobhán Byrne', team: 'Lieferung' },
  { contact: 'Katarzyna Nowak', team: 'Lieferung' },
  { contact: 'Oliver Grant', team: 'Lieferung', assignee: 'Cem Yıldız' },
  { contact: 'Jürgen Fischer', team: 'Rechnung', assignee: 'Ayşe Demir' },
  { contact: 'Anna-Lena Schröder', team: 'Rechnung' },
  { contact: 'Mehmet Öztürk', team: 'Reparatur', assignee: 'Cem Yıldız' },
  { contact: 'Petra Becker', team: 'Reparatur', assignee: 'Lukas Brandt' },
  { contact: 'Hinrich Petersen', team: 'Reparatur' },
]
