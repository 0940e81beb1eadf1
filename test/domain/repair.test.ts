/** What is done about a row and a workflow that say different things. */
import { describe, expect, test } from 'vitest'
import { needsRecord, repairOfGrant, repairOfRequest, type Versioned } from '../../src/domain/shared/repair.ts'

const at = (version: number, by = `message ${version}`): Versioned => ({ version, carriedOut: [by] })
const open = (version: number, by?: string) => ({ ...at(version, by), isOpen: true })
const closed = (version: number) => ({ ...at(version), isOpen: false })

describe('a request', () => {
  test.each([
    ['that is the same in both is left alone', open(2), 'running', at(2), null],
    ['whose row is ahead is adopted by its workflow', open(3), 'running', at(2), 'workflow_told'],
    ['whose workflow is ahead is written to its row', open(2), 'running', at(3), 'row_written'],
    [
      'of one version made by two messages is as the row says',
      open(2, 'mine'),
      'running',
      at(2, 'theirs'),
      'workflow_told',
    ],
    [
      'whose workflow counts more, although it has carried out nothing else, is written to its row',
      open(2, 'same'),
      'running',
      at(3, 'same'),
      'row_written',
    ],
    ['that was not asked and seems well is left alone', open(2), 'running', null, null],
    ['that is closed while its workflow runs is told so', closed(2), 'running', null, 'workflow_told'],
    ['whose row was lost comes back', null, 'running', at(1), 'row_written'],
    ['whose row was lost comes back after its end, too', null, 'completed', at(4), 'row_written'],
    [
      'whose row was set back to before its end is closed as its workflow has ended',
      open(1),
      'completed',
      at(2),
      'row_written',
    ],
    ['whose workflow has ended without a word is closed', open(2), 'completed', at(2), 'closed'],
    ['whose workflow was terminated is closed', open(2), 'ended', null, 'closed'],
    ['whose workflow nobody knows is started', open(2), 'gone', null, 'workflow_started'],
    ['that is closed, as its workflow is, is left alone', closed(2), 'completed', null, null],
    ['that is closed and whose workflow is forgotten is left alone', closed(2), 'gone', null, null],
    ['that is closed and whose workflow was terminated is left alone', closed(2), 'ended', null, null],
    ['of which nothing is left is left alone', null, 'ended', null, null],
  ] as const)('%s', (_name, row, status, record, repair) => {
    expect(repairOfRequest({ row, status, record })).toBe(repair)
  })
})

describe('a grant', () => {
  test.each([
    ['that is waited for is left alone', open(1), 'running', at(1), null],
    ['that was not asked is left alone', open(1), 'running', null, null],
    ['that has ended while its workflow waits is told so', closed(2), 'running', null, 'workflow_told'],
    ['that differs from its workflow is told so', open(2), 'running', at(1), 'workflow_told'],
    ['whose row was set back to before its end ends again', open(1), 'completed', at(2), 'row_written'],
    ['whose workflow has ended without a word is waited for anew', open(2), 'completed', at(2), 'workflow_started'],
    ['whose workflow knows less and has ended is waited for anew', open(2), 'completed', at(1), 'workflow_started'],
    ['whose workflow was terminated is waited for anew', open(1), 'ended', null, 'workflow_started'],
    ['whose workflow nobody knows is waited for anew', open(1), 'gone', null, 'workflow_started'],
    ['that has ended is left alone', closed(2), 'completed', null, null],
    ['whose row was lost comes back with its request', null, 'running', at(1), null],
  ] as const)('%s', (_name, row, status, record, repair) => {
    expect(repairOfGrant({ row, status, record }, true)).toBe(repair)
  })

  test('without an end needs nobody to wait', () => {
    expect(repairOfGrant({ row: open(1), status: 'gone', record: null }, false)).toBeNull()
  })
})

test('a workflow is asked only when its answer can matter', () => {
  expect(needsRecord({ row: null, status: 'running' }, false)).toBe(true)
  expect(needsRecord({ row: open(1), status: 'running' }, false)).toBe(false)
  expect(needsRecord({ row: open(1), status: 'running' }, true)).toBe(true)
  expect(needsRecord({ row: closed(1), status: 'running' }, true)).toBe(false)
  expect(needsRecord({ row: open(1), status: 'completed' }, false)).toBe(true)
  expect(needsRecord({ row: null, status: 'completed' }, false)).toBe(true)
  expect(needsRecord({ row: closed(1), status: 'completed' }, true)).toBe(false)
  expect(needsRecord({ row: open(1), status: 'ended' }, true)).toBe(false)
  expect(needsRecord({ row: null, status: 'gone' }, true)).toBe(false)
})
