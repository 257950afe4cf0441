# Third-party software

The modules need these libraries at run time. None of their code is in this repository.
The list is made by the build, and a test compares it with what the modules need
(`cp architecture-tests/target/THIRD-PARTY.md .` renews it). Libraries for tests and benchmarks are not in it.

| library | name | licence |
|---|---|---|
<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
| `${project.groupId}:${project.artifactId}` | ${project.name} | <#list entry.getValue() as license>${license}<#sep>, </#list> |
</#list>
