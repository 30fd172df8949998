// The prediction as others use it: intent and platforms in, what will happen out.

export { type Advice, advise, type Line } from './advise.ts'
export {
  everyFailure,
  type FailedThing,
  type FailurePrediction,
  failedThing,
  predictFailure,
  together,
} from './failure.ts'
export { type Declared, declaredIn, type FlowGroup, type Protocol } from './flow.ts'
export { atRest, type State } from './form.ts'
export * from './model.ts'
export { type Bundle, type Cable, type End, type Network, networkOf } from './network.ts'
export { flowName, type Options, predict } from './predict.ts'
export { linkEnds } from './route.ts'
export { fieldsInWords, narrowest, reasonFor, stageInWords } from './why.ts'
