// Handlebars ships no types for its runtime; this is the part that is used.
declare module 'handlebars/runtime.js' {
  type Run = (view: object, options?: { partials?: Readonly<Record<string, Run>> }) => string
  interface Environment {
    readonly helpers: Readonly<Record<string, unknown>>
    registerHelper(name: string, helper: (this: unknown, context: unknown, options: never) => string): void
    unregisterHelper(name: string): void
    template(spec: object): Run
  }
  const runtime: { create(): Environment }
  export default runtime
}
