/** Words of the pages on which people without a session, or with a first password, choose one. */
export const passwords = {
  newPassword: 'New password',
  hint: 'At least 10 characters; several words are best.',
  toSignIn: 'Back to sign-in',
  off: 'Passwords are switched off here: nobody signs in with one. The sign-in page shows the way in.',
  forgot: {
    title: 'Forgot your password?',
    intro: 'Tell us your email address. A link to set a new one goes there.',
    submit: 'Send the link',
    sent: 'If somebody signs in as {{email}} with a password, a mail with a link is on its way. It can be used once, within an hour.',
  },
  byLink: {
    title: 'Set your password',
    intro: 'Choose one that only you know. Wherever you are signed in, you are signed out.',
    submit: 'Set password',
    another: 'Ask for another link',
  },
  first: {
    title: 'Choose a new password',
    intro: 'The one you have was chosen for you. Put one in its place that only you know, then you can go on.',
    given: 'The password you were given',
    submit: 'Change password',
    signOut: 'Sign out',
  },
} as const
