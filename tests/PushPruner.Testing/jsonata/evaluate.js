// Evaluates JSONata as Step Functions does. A line in: {"template", "bindings"}; every {% expression %} in the template is replaced by its
// value. A line out: {"value"}, or {"error"}. Ends with its parent: when that is gone, however it went, stdin ends.
const jsonata = require('jsonata')

const compiled = new Map()

function compile(expression) {
  if (!compiled.has(expression)) compiled.set(expression, jsonata(expression))
  return compiled.get(expression)
}

async function evaluate(text, bindings) {
  const inner = text.slice(2, -2)
  let value
  try {
    // Step Functions has no $eval.
    value = await compile(inner).evaluate(undefined, { ...bindings, eval: undefined })
  } catch (error) {
    throw new Error(`${error.code}: ${error.message} in ${inner.trim()}`)
  }
  if (value === undefined) throw new Error(`nothing is what this gives: ${inner.trim()}`)
  return JSON.parse(JSON.stringify(value, (key, part) => {
    if (typeof part === 'function' || part?._jsonata_lambda || part?._jsonata_function) throw new Error(`a function is what this gives: ${inner.trim()}`)
    return part
  }))
}

async function fill(template, bindings) {
  if (typeof template === 'string') {
    if (template.startsWith('{%') && template.endsWith('%}')) return evaluate(template, bindings)
    if (template.includes('{%') || template.includes('%}')) throw new Error(`an expression is the whole string or none of it: ${template}`)
    return template
  }
  if (Array.isArray(template)) {
    const filled = []
    for (const item of template) filled.push(await fill(item, bindings))
    return filled
  }
  if (template !== null && typeof template === 'object') {
    const filled = {}
    for (const [name, item] of Object.entries(template)) filled[name] = await fill(item, bindings)
    return filled
  }
  return template
}

async function answer(line) {
  const { template, bindings } = JSON.parse(line)
  try {
    return { value: await fill(template, bindings) }
  } catch (error) {
    return { error: error.message }
  }
}

async function serve() {
  for await (const line of require('readline').createInterface({ input: process.stdin })) console.log(JSON.stringify(await answer(line)))
}

serve()
