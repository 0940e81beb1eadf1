/** Failures a person can act on: one clear sentence each. */

/** The start cannot go on. The message is one sentence for the terminal; `detail` are log lines that help. */
export class StartFailure extends Error {
  override name = 'StartFailure'
  readonly detail: string[]

  constructor(message: string, options: { detail?: string[]; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.detail = options.detail ?? []
  }
}

const sentences: Record<string, string> = {
  EACCES: 'may not be read or written by this user',
  EPERM: 'may not be changed by this user',
  EROFS: 'is on a read-only disk',
  // Node says this, too, when a folder is to be made on a read-only disk.
  ENOENT: 'cannot be made: the disk is read-only or a folder above is missing',
  ENOSPC: 'cannot be written: the disk is full',
  EDQUOT: 'cannot be written: the disk quota is used up',
  ENOTDIR: 'is not a folder',
  EEXIST: 'is a file where a folder is needed',
}

/** The sentence for a failed file operation on `path`; anything unknown keeps the words of the system. */
export function fileFailure(path: string, error: unknown): StartFailure {
  const { code, message } = error as NodeJS.ErrnoException
  const words = (code && sentences[code]) ?? `cannot be used: ${message}`
  return new StartFailure(`${path} ${words}. Set DATA_DIR to a folder that can be written.`, { cause: error })
}
