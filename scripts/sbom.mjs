/** `npm run sbom [-- FILE]`: what runs in production, with versions, licences and hashes, as CycloneDX; from package-lock.json. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/prepare.mjs'

const file = process.argv[2] ?? join(root, 'sbom.json')
const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only']
const text = execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
const { components } = JSON.parse(text)
writeFileSync(file, text)
console.log(`${file}: ${components.length} packages`)
