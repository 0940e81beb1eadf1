/** What is wrong with a field, in the reader's language, by the code that the service gives. */
import i18next from 'i18next'
import { createFormat, type Format } from '../lib/format.ts'
import type { FieldError } from './types.ts'

/** The parameters as a reader knows them. */
function words({ code, params }: FieldError, format: Format): Record<string, unknown> {
  switch (code) {
    case 'duration_too_long':
      return { maximum: format.duration(params.maximum) }
    case 'duration_too_short':
      return { minimum: format.duration(params.minimum) }
    case 'too_early':
      return { after: format.dateTime(params.after) }
    case 'too_late':
      return { latest: format.dateTime(params.latest) }
    case 'manager_loop':
      return { names: params.names.join(' → ') }
    default:
      return params
  }
}

/** The service speaks English and is more exact than the code: which group, for example. */
export const exactFieldText = (error: FieldError & { message: string }): string =>
  i18next.language === 'en' ? error.message : fieldText(error)

export function fieldText(error: FieldError): string {
  const replace = words(error, createFormat(i18next.language))
  // A page that was opened before the service was updated may meet a code that it does not know.
  const defaultValue = i18next.t('field.invalid', { ns: 'common' })
  if (error.code === 'invalid_format')
    return i18next.t(`format.${error.params.format}`, { ns: 'common', replace, defaultValue })
  return i18next.t(`field.${error.code}`, { ns: 'common', replace, defaultValue })
}
