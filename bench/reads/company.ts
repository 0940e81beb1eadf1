/** A company to fill a database with: its people, groups and approval flows, the same ones every time. */
import type { ApproverRule } from '../../src/domain/flow/flow.ts'

/** How the requests of a flow are decided. */
export const flowKinds = ['automatic', 'administrator', 'manager', 'owner', 'sequential'] as const
export type FlowKind = (typeof flowKinds)[number]

/** What the requests of a flow ask for when access ends by itself. */
export const duration = 'P30D'

export interface Person {
  name: string
  email: string
  department: string
  jobTitle: string
  /** Place of the manager in the list. */
  manager: number
  isAdministrator: boolean
}

export interface Flow {
  name: string
  description: string
  kind: FlowKind
  isTimed: boolean
  /** Places in the lists of groups and people. */
  group: number
  owner: number
}

const words = (text: string) => text.trim().split(/\s+/)
const firstNames = words(`Ana Björn Céline Dávid Eléonore François Gaël Håkon Inês João Kübra Łukasz Mónica Noël Ólafur
  Petra Quentin Renée Søren Tomáš Uğur Véronique Wojciech Ximena Yara Zoë Aleksander Beatriz Çağla Desirée Émile Fátima
  Günther Hélène Íris Jürgen Katarína Léa Małgorzata Núria Øystein Paweł Rafael Sinéad Thérèse Ülkü Vít Walter Xavier
  Yann Žaneta Åsa Ben Chiara Dorothea Enzo Freya Giulia Hannes Isabel Jan Kaja Livia Matteo Nina Oskar`)
const lastNames = words(`Müller García Šimek Dvořák Øberg Lindström Nováková Kowalczyk Þórsson Yılmaz Öztürk Fernández
  Gonçalves Bélanger Lefèvre Sørensen Håkansson Jørgensen Ångström Núñez Peña Szabó Kovács Horváth Łuczak Żak Wiśniewski
  Česnik Đurić Jovanović Hansen Becker Schäfer Weiß Jäger Rossi Bianchi D'Angelo Esposito O'Brien Murphy Smith Jones
  Taylor Brown Ionescu Popescu Țurcanu Värk Mägi Bērziņš Kalniņš Petrauskas Žukauskas Virtanen Mäkelä Hämäläinen Silva`)
const departments = words('Finance Engineering Sales Support Legal Logistics Research Marketing Personnel Facilities')
const jobTitles = words('Analyst Engineer Manager Specialist Director Assistant Consultant Planner')
const systems = words(`Ledger Warehouse Payroll Reporting Billing Archive Registry Vault Console Directory Tickets Wiki
  Forecast Inventory Telephony Mailing Sandbox Repository Monitor Cluster`)
const places = words('Production Staging Berlin Lisbon Kraków Montréal Zürich Oslo Shared Restricted')
const rights = words('reader editor operator auditor')

/** Of a list that is repeated without end. */
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

/** Names that nobody else has: each first name with each last name, then with double ones. */
function nameOf(index: number): string {
  const turn = Math.floor(index / firstNames.length)
  const last = at(lastNames, turn)
  const round = Math.floor(turn / lastNames.length)
  return `${at(firstNames, index)} ${last}${round === 0 ? '' : `-${at(lastNames, turn + round)}`}`
}

const asciiOf = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')

/** One in ten manages others, and who asks is none of those; the first thirty are administrators. */
export function peopleOf(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const name = nameOf(index)
    return {
      name,
      email: `${asciiOf(name)}.${index}@example.test`,
      department: at(departments, index * 7),
      jobTitle: at(jobTitles, index * 3),
      manager: index === 0 ? 1 : Math.floor(index / 10),
      isAdministrator: index < 30,
    }
  })
}

export function groupsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${flowName(index)} group`)
}

function flowName(index: number): string {
  const [system, place] = [at(systems, index), at(places, Math.floor(index / systems.length))]
  return `${system} ${place} ${at(rights, index + Math.floor(index / (systems.length * places.length)))}`
}

/** Flows of every kind, half of them timed. @param owners how many people, from the first on, own one: nobody whom those who ask have for a manager */
export function flowsOf(count: number, owners: number): Flow[] {
  return Array.from({ length: count }, (_, index) => ({
    name: flowName(index),
    description: `Access to ${flowName(index)}, kept for those who work with it every day.`,
    kind: at(flowKinds, Math.floor(index / 2)),
    isTimed: index % 2 === 1,
    group: index,
    owner: (index * 7) % owners,
  }))
}

/** The approver rules of a flow. */
export function approversOf(kind: FlowKind, ownerId: string): ApproverRule[] {
  const manager: ApproverRule = { kind: 'manager' }
  const owner: ApproverRule = { kind: 'resource_owner', userId: ownerId }
  const rules = { automatic: [], administrator: [{ kind: 'administrator' as const }], manager: [manager] }
  return { ...rules, owner: [owner], sequential: [manager, owner] }[kind]
}

const reasonWords =
  words(`access needed for the quarterly closing of our department because I take over from a colleague
  on leave urgent customer escalation incident review project migration audit training onboarding rotation weekend duty
  report dashboard export invoice contract supplier release deployment rollback database server backup restore monitoring
  please until end month approved by steering committee as discussed with my team lead temporary permanent read only
  write permissions analysis forecast Überprüfung réconciliation zugriff équipe données proyecto revisão`)

/** `count` reasons of 2 to 40 words, the same ones every time. */
export function reasonsOf(count: number): string[] {
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const sentence = () =>
    Array.from({ length: 2 + (next(4) === 0 ? next(39) : next(11)) }, () => at(reasonWords, next(997)))
  return Array.from({ length: count }, () => `${sentence().join(' ')}.`)
}
