/** What browsers are told about our answers: which code may run, what it may do, who may frame it. */
import type { RequestHandler, Response } from 'express'
import helmet from 'helmet'

/** Nothing of ours asks for any of these. What a page may do otherwise (the clipboard is written to) keeps its default. */
const permissionsPolicy = [
  ...['accelerometer', 'autoplay', 'bluetooth', 'camera', 'clipboard-read', 'display-capture', 'encrypted-media'],
  ...['fullscreen', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'microphone', 'midi', 'payment'],
  ...['picture-in-picture', 'screen-wake-lock', 'serial', 'usb', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .join(', ')

const page = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
}

/** Headers that browsers read of documents only. */
const ofPages = [
  ...['Content-Security-Policy', 'Cross-Origin-Opener-Policy', 'Origin-Agent-Cluster', 'Referrer-Policy'],
  ...['X-DNS-Prefetch-Control', 'X-Download-Options', 'X-Frame-Options', 'X-Permitted-Cross-Domain-Policies'],
  'X-XSS-Protection',
]

/** For scripts and styles, of which a page loads many: what is said of documents would be half of a small file. */
export function dropPageHeaders(res: Pick<Response, 'removeHeader'>): void {
  for (const name of ofPages) res.removeHeader(name)
}

/** For every answer; those that are pages set a policy of their own over it. */
export function securityHeaders(publicUrl: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl.startsWith('https:'),
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
  })
}

/** Browsers read both of pages only: other answers are shorter without them. */
function pagePolicy(directives: Record<string, string[]>): RequestHandler {
  const policy = helmet.contentSecurityPolicy({ useDefaults: false, directives })
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', permissionsPolicy)
    policy(req, res, next)
  }
}

/**
 * For the pages of the portals. Style elements need the nonce, style attributes are not allowed in HTML (React sets styles
 * by script, which is), and text becomes HTML only by the one policy of `web/src/app/trusted-types.ts`.
 */
export function portalPolicy(nonce: string): RequestHandler {
  return pagePolicy({
    ...page,
    styleSrc: ["'self'", `'nonce-${nonce}'`],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['default'],
  })
}

/** For the documentation of the API. Without trusted types: Swagger UI makes HTML of texts, ours only, by DOMPurify. */
export function docsPolicy(): RequestHandler {
  return pagePolicy({ ...page, styleSrc: ["'self'"] })
}
