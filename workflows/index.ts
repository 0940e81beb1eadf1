export { accessGrant } from './access-grant.workflow.ts'
export { accessRequest } from './access-request.workflow.ts'
export { requestFanOut } from './fan-out.workflow.ts'
export { reconcileRequests } from './reconcile.workflow.ts'
