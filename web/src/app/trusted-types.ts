/**
 * The pages' Content-Security-Policy lets no text become HTML or script but by a policy of this name. The component library
 * writes style sheets through innerHTML: text without a tag can pass, since nothing in it can run; everything else is refused.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }

trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) })
