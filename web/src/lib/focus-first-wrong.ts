/** Leads to the first field that says what is wrong with it, once the form shows it. */
export function focusFirstWrong(form: Element | null | undefined): void {
  setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
