import { describe, test } from 'vitest'
import { expect, launchChromium, usePortals } from './support/portals.ts'

const portals = usePortals()

describe('what the pages allow', () => {
  test('no text becomes HTML, no style or script comes from a text, and no page frames ours', async () => {
    const page = await portals.openAs(portals.me, '/admin/')
    await expect(page.getByRole('main')).toBeVisible()
    const headers = (await page.reload())?.headers() ?? {}

    expect(headers['content-security-policy']).toMatch(/style-src 'self' 'nonce-[^']+';/)
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script';trusted-types default")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['permissions-policy']).toContain('camera=(), ')
  })

  test('even code of the page turns no text with a tag into HTML', async () => {
    // A browser that nobody watches: a refusal is what is wanted here.
    const browser = await launchChromium()
    const page = await browser.newPage()
    await page.goto(portals.base)

    const outcome = await page.evaluate(`(() => {
      try {
        document.body.innerHTML = '<img src=x>'
        return 'written'
      } catch {
        return 'refused'
      }
    })()`)

    expect(outcome).toBe('refused')
    await browser.close()
  })

  test('a first visit takes at most 180 kB over the wire, and the next one next to nothing', async () => {
    const browser = await launchChromium()
    const page = await browser.newPage()
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    let bytes = 0
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    const visit = async () => {
      bytes = 0
      await page.goto(portals.base, { waitUntil: 'networkidle' })
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
      return bytes
    }

    const first = await visit()
    const second = await visit()

    expect(first).toBeGreaterThan(100_000)
    expect(first).toBeLessThanOrEqual(180_000)
    expect(second * 10).toBeLessThan(first)
    await browser.close()
  })

  test('the documentation of the API shows its calls', async () => {
    const page = await portals.openAs(portals.me, '/api/docs/')

    await expect(page.getByText('/access-requests/{id}/grant').first()).toBeVisible()
    await page.getByText('/access-requests/{id}/grant').first().click()
    await expect(page.getByRole('button', { name: 'Try it out' }).first()).toBeVisible()
  })
})
