/** Filters of SCIM (RFC 7644, 3.4.2.2) as a tree, within limits. */
import { type Filter as ParsedFilter, parse } from 'scim2-parse-filter'
import { badRequest } from './scim-error.ts'

export const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Operator = (typeof operators)[number]
export type FilterValue = string | number | boolean | null

export type Filter =
  | { op: 'and' | 'or'; filters: Filter[] }
  | { op: 'not'; filter: Filter }
  | { op: 'pr'; attribute: string }
  | { op: Operator; attribute: string; value: FilterValue }
  /** Conditions that one value of a list has to fulfil together. */
  | { op: 'some'; attribute: string; filter: Filter }

const longest = 2000
const deepest = 20
const mostConditions = 50

/** One schema's attributes, so their prefix says nothing; of the extension it is taken off, too. */
const schemaPrefix = /^urn:ietf:params:scim:schemas:(?:core:2\.0:(?:user|group)|extension:enterprise:2\.0:user):/

/** The name of an attribute as this service knows it: in lower case, without the address of its schema. */
export function attributeName(path: string): string {
  return path.toLowerCase().replace(schemaPrefix, '')
}

function textOf(literal: string): string {
  try {
    const value: unknown = JSON.parse(literal)
    if (typeof value === 'string' && !value.includes('\u0000')) return value
  } catch {
    // Refused below.
  }
  throw badRequest('invalidFilter', 'A text in the filter is not a JSON string.')
}

interface Budget {
  texts: readonly string[]
  conditions: number
}

function refuseDepth(depth: number): void {
  if (depth > deepest) throw badRequest('invalidFilter', `The filter is nested deeper than ${deepest} levels.`)
}

// oxlint-disable-next-line complexity -- one branch for each kind of node
function treeOf(node: ParsedFilter, budget: Budget, depth: number): Filter {
  refuseDepth(depth)
  const child = (one: ParsedFilter) => treeOf(one, budget, depth + 1)
  if ('filters' in node) return { op: node.op, filters: node.filters.map(child) }
  if ('filter' in node) return { op: 'not', filter: child(node.filter) }
  const attribute = attributeName(node.attrPath)
  if ('valFilter' in node) return { op: 'some', attribute, filter: child(node.valFilter) }
  budget.conditions += 1
  if (budget.conditions > mostConditions)
    throw badRequest('invalidFilter', `The filter has more than ${mostConditions} conditions.`)
  if (node.op === 'pr') return { op: 'pr', attribute }
  const { compValue } = node
  return {
    op: node.op,
    attribute,
    value: typeof compValue === 'string' ? (budget.texts[Number(compValue)] ?? '') : compValue,
  }
}

/** Nesting is counted before anything is built that calls itself. */
function refuseNesting(filter: string): void {
  let depth = 0
  for (const sign of filter) {
    if (sign === '(' || sign === '[') refuseDepth(++depth)
    if (sign === ')' || sign === ']') depth -= 1
  }
}

/**
 * @param text at most 2,000 characters, 20 levels and 50 conditions
 * @throws ScimError 400 `invalidFilter`
 */
export function parseFilter(text: string): Filter {
  if (text.length > longest) throw badRequest('invalidFilter', `The filter has more than ${longest} characters.`)
  const texts: string[] = []
  // The parser takes backslashes in texts literally, and tries line feeds in an open one in two ways each: it is given none.
  const plain = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, (literal) => `"${texts.push(textOf(literal)) - 1}"`)
  // oxlint-disable-next-line no-control-regex -- neither control characters nor an open text may be left
  if (/[\u0000-\u001f"]/.test(plain.replaceAll(/"\d+"/g, '')))
    throw badRequest('invalidFilter', 'The filter cannot be read.')
  refuseNesting(plain)
  return treeOf(parsed(plain), { texts, conditions: 0 }, 0)
}

function parsed(text: string): ParsedFilter {
  try {
    return parse(text)
  } catch {
    throw badRequest('invalidFilter', 'The filter cannot be read. Write, for example, userName eq "a@example.com".')
  }
}
