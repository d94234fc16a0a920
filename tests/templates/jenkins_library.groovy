// The shared library with a stand-in for Jenkins: groovy jenkins_library.groovy LIBRARY < CALLS. For each call
// ({causes, settings}) it prints what the library asked for ({image, inside, env, script}). Jenkins itself runs a
// transformed Groovy of the same version, 2.4, and is not here.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

class Docker {
  Map asked

  def image(String name) {
    asked.image = name
    return this
  }

  def inside(String options, Closure body) {
    asked.inside = options
    body()
  }
}

def answers = new JsonSlurper().parse(System.in).collect { given ->
  Map asked = [env: []]
  def library = new GroovyShell(this.class.classLoader).parse(new File(args[0]))
  library.binding.setVariable('docker', new Docker(asked: asked))
  library.binding.setVariable('currentBuild', [getBuildCauses: { given.causes }])
  library.metaClass.withEnv = { List lines, Closure body ->
    asked.env = lines
    body()
  }
  library.metaClass.sh = { Map step -> asked.script = step.script }
  library.call(given.settings)
  return asked
}
println JsonOutput.toJson(answers)
