using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

// A box that leaves the picture is refused with a JSON pointer.
var ontology = OntologyPacks.Load("driving/vehicles");
var question = ontology.Questions[0].Id;
using var answers = JsonDocument.Parse("{\"" + question + "\":[{\"id\":\"s1\",\"class\":\"car\",\"box\":{\"x\":90,\"y\":5,\"width\":50,\"height\":10}}]}");
var faults = AnswerChecker.Check(ontology, answers.RootElement, InputExtent.Image(100, 60));
foreach (var fault in faults) Console.WriteLine($"{fault.Pointer}: expected {fault.Expected}, found {fault.Found}");
return faults.Count > 0 ? 0 : 1;
