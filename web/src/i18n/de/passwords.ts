import type { passwords as source } from '../en/passwords.ts'
import type { Translation } from '../translation.ts'

export const passwords: Translation<typeof source> = {
  newPassword: 'Neues Passwort',
  hint: 'Mindestens 10 Zeichen; am besten mehrere Wörter.',
  toSignIn: 'Zurück zur Anmeldung',
  off: 'Passwörter sind hier abgeschaltet: Niemand meldet sich mit einem an. Den Weg hinein zeigt die Anmeldeseite.',
  forgot: {
    title: 'Passwort vergessen?',
    intro: 'Nennen Sie Ihre E-Mail-Adresse. Dorthin geht ein Link, mit dem Sie ein neues setzen.',
    submit: 'Link schicken',
    sent: 'Wenn sich jemand als {{email}} mit einem Passwort anmeldet, ist eine Mail mit einem Link unterwegs. Er gilt einmal, innerhalb einer Stunde.',
  },
  byLink: {
    title: 'Passwort setzen',
    intro: 'Wählen Sie eines, das nur Sie kennen. Wo Sie angemeldet sind, werden Sie abgemeldet.',
    submit: 'Passwort setzen',
    another: 'Einen anderen Link anfordern',
  },
  first: {
    title: 'Neues Passwort wählen',
    intro:
      'Ihr jetziges wurde für Sie gewählt. Setzen Sie eines an seine Stelle, das nur Sie kennen, dann geht es weiter.',
    given: 'Das Passwort, das Sie bekommen haben',
    submit: 'Passwort ändern',
    signOut: 'Abmelden',
  },
}
