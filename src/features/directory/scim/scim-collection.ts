/** The calls on one kind of resource (RFC 7644, 3). */
import type { Request, Response, Router } from 'express'
import { listOf, type Selection, sendScim } from './scim-answer.ts'
import { ScimError } from './scim-error.ts'
import type { Fields } from './scim-path.ts'
import type { Precondition, SourceOperation } from './scim-people.commands.ts'
import { bodyOf, conditionsOf, type Query, queryOf, selectionOf } from './scim-request.ts'

export type Handle = (req: Request, res: Response, operation: SourceOperation) => Promise<void>

/** Makes a handler of Express, which is called for sources only. */
export type Handled = (handle: Handle) => (req: Request, res: Response) => Promise<void>

export function methodsOnly(allowed: string): Handle {
  return async (_req, res) => {
    res.setHeader('Allow', allowed)
    throw new ScimError(405, `This address takes ${allowed}.`)
  }
}

type About = Precondition & { id: string }

/** One kind of resource: its list, and what is done to one. */
export interface Collection<Row> {
  /** The address of `/scim/v2`. */
  base: string
  name: 'Users' | 'Groups'
  search: (operation: SourceOperation, query: Query) => Promise<{ total: number; resources: Fields[] }>
  present: (operation: SourceOperation, row: Row, selection: Selection) => Promise<Fields>
  versionOf: (row: Row) => string
  commands: {
    read: (operation: SourceOperation, id: string) => Promise<Row>
    create: (operation: SourceOperation, body: Fields) => Promise<Row>
    replace: (operation: SourceOperation, about: About, body: Fields) => Promise<Row>
    patch: (operation: SourceOperation, about: About, body: Fields) => Promise<Row>
    remove: (operation: SourceOperation, about: About) => Promise<void>
  }
  /** Whether the answer to PATCH is empty unless attributes are asked for. */
  isPatchedSilently: boolean
}

interface Sent<Row> {
  operation: SourceOperation
  row: Row
  status: number
}

export function mountCollection<Row extends { id: string }>(
  router: Router,
  handled: Handled,
  collection: Collection<Row>,
): void {
  const { name } = collection
  mountLists(router, handled, collection)
  mountOne(router, handled, collection)
  router.all(`/${name}`, handled(methodsOnly('GET, POST')))
  router.all(`/${name}/:id`, handled(methodsOnly('GET, PUT, PATCH, DELETE')))
}

async function sendOne<Row>(
  collection: Collection<Row>,
  { req, res }: { req: Request; res: Response },
  { operation, row, status }: Sent<Row>,
): Promise<void> {
  res.setHeader('ETag', collection.versionOf(row))
  sendScim(res, status, await collection.present(operation, row, selectionOf(req)))
}

function mountLists<Row extends { id: string }>(router: Router, handled: Handled, collection: Collection<Row>): void {
  const { base, name, commands } = collection
  const sendList = async (res: Response, operation: SourceOperation, fields: Fields) => {
    const query = queryOf(fields)
    const { total, resources } = await collection.search(operation, query)
    sendScim(res, 200, listOf(resources, { total, startIndex: query.startIndex }))
  }
  router.get(
    `/${name}`,
    handled((req, res, operation) => sendList(res, operation, req.query)),
  )
  router.post(
    `/${name}/.search`,
    handled(async (req, res, operation) => sendList(res, operation, await bodyOf(req, res))),
  )
  router.post(
    `/${name}`,
    handled(async (req, res, operation) => {
      const row = await commands.create(operation, await bodyOf(req, res))
      res.setHeader('Location', `${base}/${name}/${row.id}`)
      await sendOne(collection, { req, res }, { operation, row, status: 201 })
    }),
  )
}

function isKnownTo(req: Request, version: string): boolean {
  const known = req.get('If-None-Match')?.split(',') ?? []
  return known.some((one) => one.trim() === version)
}

function mountOne<Row>(router: Router, handled: Handled, collection: Collection<Row>): void {
  const { name, commands } = collection
  router.get(
    `/${name}/:id`,
    handled(async (req, res, operation) => {
      const row = await commands.read(operation, String(req.params['id']))
      if (isKnownTo(req, collection.versionOf(row))) return sendScim(res, 304)
      await sendOne(collection, { req, res }, { operation, row, status: 200 })
    }),
  )
  router.put(
    `/${name}/:id`,
    handled(async (req, res, operation) => {
      const row = await commands.replace(operation, conditionsOf(req), await bodyOf(req, res))
      await sendOne(collection, { req, res }, { operation, row, status: 200 })
    }),
  )
  router.patch(
    `/${name}/:id`,
    handled(async (req, res, operation) => {
      const row = await commands.patch(operation, conditionsOf(req), await bodyOf(req, res))
      res.setHeader('ETag', collection.versionOf(row))
      if (collection.isPatchedSilently && !selectionOf(req).attributes) sendScim(res, 204)
      else await sendOne(collection, { req, res }, { operation, row, status: 200 })
    }),
  )
  router.delete(
    `/${name}/:id`,
    handled(async (req, res, operation) => {
      await commands.remove(operation, conditionsOf(req))
      sendScim(res, 204)
    }),
  )
}
