import type { Role } from '../../core/domain/people.ts'

export type Colleague = { name: string; email: string; role: Role; teams: string[] }

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
    name: 'Dörte Müller-Lüdenscheidt',
    email: 'doerte.mueller@nordwerk.example',
    role: 'agent',
    teams: ['Reparatur'],
  },
]
