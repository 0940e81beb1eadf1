/** Logos of flows and applications from our own origin, so that browsers ask no other host. Only stored addresses are fetched. */
import type { Response } from 'express'
import { z } from 'zod'
import { DomainError } from '../../domain/shared/errors.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { RouteDefinition } from '../../platform/http/route.ts'
import { route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import { readSettingsRow } from '../settings/settings.repository.ts'
import type { Logo } from './logo.fetch.ts'
import { findApplicationLogoUrl, findFlowLogoUrl } from './logos.repository.ts'
import type { Logos } from './logos.ts'

export interface LogosRoutesDeps {
  db: DbOrTx
  logos: Pick<Logos, 'find'>
}

const logoQuery = z.strictObject({
  v: z.string().max(64).optional().meta({ description: 'Any text: another one makes browsers ask anew' }),
})

/** Whoever opens a picture as a page gets nothing that runs, asks or knows the session: SVG may hold scripts. */
const harmless = {
  'Cache-Control': 'private, max-age=3600',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'X-Content-Type-Options': 'nosniff',
}

function sendLogo(res: Response, { contentType, bytes }: Logo): void {
  for (const [name, value] of Object.entries({ ...harmless, 'Content-Type': contentType })) res.setHeader(name, value)
  res.status(200).send(bytes)
}

/** @throws DomainError `not_found` */
async function sendLogoAt(
  url: string | null,
  { logos, res }: Pick<LogosRoutesDeps, 'logos'> & { res: Response },
): Promise<void> {
  const logo = url === null ? null : await logos.find(url)
  if (!logo) throw new DomainError('not_found', 'There is no such logo, or it cannot be fetched.')
  sendLogo(res, logo)
}

function logoRoute(
  { db, logos }: LogosRoutesDeps,
  { path, summary, tag, findUrl }: { path: string; summary: string; tag: string; findUrl: typeof findFlowLogoUrl },
): RouteDefinition {
  return route({
    method: 'get',
    path,
    summary,
    tag,
    ability: 'logos.read',
    params: idParams,
    query: logoQuery,
    responses: { 200: { description: 'The picture, as the service fetched it', contentType: 'image/*' } },
    limitMs: 6_000,
    handler: async ({ params, actor, res }) => {
      await sendLogoAt(await findUrl(db, { id: params.id, actor }), { logos, res })
      return null
    },
  })
}

export function logosRoutes(deps: LogosRoutesDeps): RouteDefinition[] {
  return [
    logoRoute(deps, {
      path: '/approval-flows/{id}/logo',
      summary: 'The logo of an approval flow',
      tag: 'Approval flows',
      findUrl: findFlowLogoUrl,
    }),
    logoRoute(deps, {
      path: '/applications/{id}/logo',
      summary: 'The logo of an application',
      tag: 'Applications',
      findUrl: findApplicationLogoUrl,
    }),
    route({
      method: 'get',
      path: '/company/logo',
      summary: 'The logo of the company',
      tag: 'Settings',
      ability: 'company.read',
      query: logoQuery,
      responses: { 200: { description: 'The picture, as the service fetched it', contentType: 'image/*' } },
      limitMs: 6_000,
      handler: async ({ res }) => {
        const { companyLogoUrl } = await readSettingsRow(deps.db)
        await sendLogoAt(companyLogoUrl, { ...deps, res })
        return null
      },
    }),
  ]
}
