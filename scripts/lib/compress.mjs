/** Compressed copies beside the built files of the portals: made once, so that no visitor waits for them. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** What is not compressed already by its kind. */
const isText = (name) => /\.(js|css|svg|json|txt|ico|webmanifest)$/.test(name)
/** Smaller files fit into one packet as they are. */
const smallestBytes = 1024

/** Writes `.br` and `.gz` beside each file of `folder` and the folders in it. */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && isText(entry.name))
  await Promise.all(files.map(({ parentPath, name }) => compressFile(join(parentPath, name))))
}

async function compressFile(path) {
  const content = await readFile(path)
  if (content.length < smallestBytes) return
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  ])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}
