/** Every failed call, whatever its cause, as one kind of error. */
import { fieldText } from './field-message.ts'
import type { FieldError } from './types.ts'

interface ProblemDocument {
  title: string
  status: number
  detail: string
  code: string
  requestId?: string
  current?: string
  errors?: FieldError[]
  [extension: string]: unknown
}

/** Status 0 and code `offline`: no answer came, so the outcome is unknown. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly problem: ProblemDocument

  constructor(problem: ProblemDocument) {
    super(problem.detail)
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }

  /** False when the server may have acted, or will act, although no final answer came. */
  get isFinal(): boolean {
    return (
      this.status >= 400 &&
      this.status < 500 &&
      this.status !== 408 &&
      this.status !== 429 &&
      this.code !== 'decision_in_progress' &&
      this.code !== 'fresh_sign_in_required'
    )
  }

  /** What is wrong with one field of the body, if anything. */
  fieldMessage(path: string): string | undefined {
    const error = this.problem.errors?.find((each) => each.path === path)
    return error && fieldText(error)
  }

  /** Whether everything that is wrong is wrong with these fields; `durations` stands for `durations.0` too. */
  isSaidAt(fields: readonly string[]): boolean {
    const { errors = [] } = this.problem
    const isSaid = ({ path }: FieldError) => fields.some((field) => path === field || path.startsWith(`${field}.`))
    return errors.length > 0 && errors.every(isSaid)
  }
}

/** The error as a problem; a call that got no answer is `offline`. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new ApiProblem({ title: 'No answer', status: 0, detail, code: 'offline' })
}

/** Reads the problem document of a refused call; what is not one becomes one. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('content-type') ?? ''
  const body: unknown = type.includes('json') ? await response.json().catch(() => null) : null
  const known = body && typeof body === 'object' ? (body as Partial<ProblemDocument>) : {}
  return new ApiProblem({
    ...known,
    title: known.title ?? response.statusText,
    status: response.status,
    detail: known.detail ?? response.statusText,
    // A gateway in between answers without a problem document: nobody knows whether the call arrived.
    code: known.code ?? (response.status >= 500 ? 'offline' : 'unknown'),
  })
}
