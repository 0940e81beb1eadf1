/** Messages and stacks of failures are encrypted like every payload: without this they would stand in histories in the clear. */
const { DefaultFailureConverter } = require('@temporalio/common')

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
