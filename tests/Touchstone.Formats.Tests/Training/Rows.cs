using Touchstone.Formats.Training;

namespace Touchstone.Formats.Tests.Training;

/// <summary>Rows of each format, in the words of its specification, and with what a reader must survive.</summary>
internal static class Rows
{
    public static IReadOnlyDictionary<string, string> ById { get; } = new Dictionary<string, string>
    {
        ["touchstone-records"] = """{"touchstone_record":1,"prompt":[{"role":"user","content":"a"}],"completions":[{"turns":[{"role":"assistant","content":"b"}],"rank":1,"ratings":{"x":1.5}}],"facts":{"k":[1,{"a":null}]}}""",
        ["trl"] = """{"prompt":[{"role":"user","content":"What color is the sky?"}],"chosen":[{"role":"assistant","content":"It is blue."}],"rejected":[{"role":"assistant","content":"It is green."}]}""",
        ["openai-chat"] =
            """
            {"messages":[{"role":"system","content":"Marv is sarcastic."},{"role":"user","content":"Capital of France?"},{"role":"assistant","content":"Paris","weight":0},{"role":"user","content":"Can you be more sarcastic?"},{"role":"assistant","content":"Paris, as if everyone doesn't know that already.","weight":1}]}
            {"messages":[{"role":"user","content":"What is the weather in San Francisco?"},{"role":"assistant","tool_calls":[{"id":"call_id","type":"function","function":{"name":"get_current_weather","arguments":"{\"location\": \"San Francisco, USA\"}"}}]}],"tools":[{"type":"function","function":{"name":"get_current_weather","parameters":{"type":"object"}}}],"parallel_tool_calls":false}
            """,
        ["openai-preference"] = """{"input":{"messages":[{"role":"user","content":"Hello, can you tell me how cold San Francisco is today?"}],"tools":[{"type":"function","function":{"name":"w"}}],"parallel_tool_calls":true},"preferred_output":[{"role":"assistant","content":"Today in San Francisco, it is not quite cold as expected."}],"non_preferred_output":[{"role":"assistant","content":"It is not particularly cold in San Francisco today."}]}""",
        ["openai-rft"] = """{"messages":[{"role":"developer","content":"Answer as JSON."},{"role":"user","content":"Do you have a dedicated security team?"}],"reference_answer":"yes","compliant":"yes","explanation":"A security team exists."}""",
        ["verl"] = """{"data_source":"openai/gsm8k","prompt":[{"role":"user","content":"What is 6 x 7? Let's think step by step and output the final answer after \"####\"."}],"ability":"math","reward_model":{"style":"rule","ground_truth":"42"},"extra_info":{"split":"train","index":3,"answer":"6*7=42 #### 42"}}""",
        ["prm800k"] = """{"labeler":"340d89bc","timestamp":"2023-01-22T04:34:27.052924","generation":9,"is_quality_control_question":false,"is_initial_screening_question":false,"question":{"problem":"GCF?","ground_truth_answer":"40","ground_truth_solution":"s","pre_generated_steps":["a"],"pre_generated_answer":"3","pre_generated_verifier_score":0.01},"label":{"steps":[{"completions":[{"text":"a","rating":0,"flagged":null}],"human_completion":null,"chosen_completion":0},{"completions":[{"text":"b","rating":-1,"flagged":false},{"text":"c","rating":null,"flagged":true}],"human_completion":{"text":"h","rating":null,"source":"human","flagged":false},"chosen_completion":null},{"completions":[{"text":"d","rating":-1,"flagged":null}],"human_completion":null,"chosen_completion":null}],"total_time":278270,"finish_reason":"found_error"}}""",
        ["scale-genai"] =
            """
            {"task_id":"task_123","project":"project_123","batch":"batch_123","status":"completed","created_at":"2025-01-01T08:31:03.169Z","completed_at":"2025-01-02T04:00:39.923Z","threads":[{"id":"thread_0","turns":[{"id":"turn_0","messages":[{"content":{"text":"This is an example prompt"},"role":"user","source_id":"user","annotations":[]},{"content":{"text":"This is the base model response"},"role":"assistant","source_id":"base_model","model_parameters":{"model":"scale-gpt-1.5-turbo","temperature":0.9,"max_completion_tokens":2048},"annotations":[{"key":"instruction_following","value":3},{"key":"overall","value":5}]},{"content":{"text":"This is test model response"},"role":"assistant","source_id":"test_model","annotations":[{"key":"truthfulness","value":1},{"key":"truthfulness_justification","value":"The response incorrectly classifies..."},{"key":"overall","value":3}]}],"annotations":[{"key":"selected_model_id","value":"base_model"},{"key":"likert_value","value":2},{"key":"justification","value":"@Response 1 is better than @Response 2."}]}],"annotations":[]}]}
            {"task_id":"task_124","project":"p","status":"completed","metadata":{"priority":"high","project":"x"},"threads":[{"id":"thread_abc123","turns":[{"id":"turn_0","messages":[{"content":{"text":"Hi"},"role":"user","annotations":[]},{"content":{"text":"Hello"},"role":"assistant","source_id":"m","annotations":[]}],"annotations":[]},{"id":"turn_abc123","messages":[{"role":"user","content":{"text":"And?","reference_texts":[{"content":"c","category":"d","url":"u"}]},"annotations":[]},{"content":{"text":"So."},"role":"assistant","source_id":"m","annotations":[{"id":"an_abc123efg456","key":"formatting","type":"integer","title":"Response Formatting","labels":["Major Issues","Minor Issues","No Issues"],"value":3,"possible_values":[1,2,3]}]}],"annotations":[{"id":"an_2","key":"ranking","type":"ranked_choices","value":["m","n"]}]}],"annotations":[{"key":"done","value":true}]}]}
            """,
        ["helpsteer2"] = """{"prompt":"c#","response":"C# is a language.","helpfulness":3,"correctness":4,"coherence":4,"complexity":2,"verbosity":1}""",
        ["helpsteer3"] =
            """
            {"domain":"general","language":"english","context":[{"role":"user","content":"hi"},{"role":"assistant","content":"Hello."},{"role":"user","content":"again"}],"response1":"Hello!","response2":"Hey.","overall_preference":-3,"individual_preference":[{"score":-3,"reasoning":"r","feedback1":"f","feedback2":"g"},{"score":-2,"reasoning":"q","feedback1":"f","feedback2":"g"}]}
            {"domain":"code","language":"python","context":[{"role":"user","content":"hi"}],"response1":"a","response2":"b","overall_preference":0,"individual_preference":[]}
            {"domain":"stem","language":"english","context":[{"role":"user","content":"hi"}],"response1":"a","response2":"b","overall_preference":1,"individual_preference":[{"score":1}]}
            """,
        ["hle"] = """{"id":"668825f8","question":"Which condition of Arrhenius's sixth impossibility theorem do critical-level views violate?\n\nAnswer Choices:\nA. Egalitarian Dominance\nB. Weak Non-Sadism","image":"","answer":"B","answer_type":"multipleChoice","author_name":"Elliott T","rationale":"Critical-level views ...","raw_subject":"Philosophy","category":"Humanities/Social Science","canary":"BENCHMARK DATA"}""",
        ["healthbench"] = """{"prompt_id":"own-rubric-1","prompt":[{"role":"user","content":"Can I change the locks?"}],"rubrics":[{"criterion":"States that it is unlawful","points":10,"tags":["level:example","axis:accuracy"]},{"criterion":"Advises to cut off water","points":-8,"tags":[]}],"example_tags":["theme:law"],"ideal_completions_data":{"ideal_completion":"No.","ideal_completions_group":"Group 1","ideal_completions_ref_completions":["x"]}}""",
        ["argilla"] = """{"id":"r1","fields":{"prompt":"Which?","response_1":"a","response_2":"b","language":"en"},"metadata":{"topic":"colour"},"suggestions":{"rating":{"value":3,"score":0.7,"agent":"model-1"}},"responses":{"rating":[{"value":4,"user_id":"u1"},{"value":2,"user_id":"u2"}],"ranking":[{"value":["response_2","response_1"],"user_id":"u1"}]},"vectors":{},"_server_id":"s1"}""",
        ["hh-rlhf"] = """{"chosen":"\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: more\n\nAssistant: Yes.","rejected":"\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: more\n\nAssistant: No."}""",
        ["huggingface-rows"] =
            """
            {"instruction":"Add.","input":"1 and 2","output":"3"}
            {"id":"x","conversations":[{"from":"system","value":"s"},{"from":"human","value":"hi"},{"from":"gpt","value":"hello"}]}
            {"question":"What?","answer":"That.","subject":"s"}
            {"prompt":"p","responses":[{"model":"m","response":"a"},"b"]}
            """,
        ["pandalm"] = """{"idx":0,"motivation_app":"Grammarly","cmp_key":"bloom-7b_llama-7b","instruction":"Rewrite.","input":"x","response1":"a","response2":true,"annotator1":2,"annotator2":2,"annotator3":1}""",
        ["llmbar"] = """{"input":"i","output_1":"a","output_2":"b","label":2}""",
        ["mt-bench"] = """{"question_id":81,"category":"writing","turns":["Compose a post.","Rewrite it."],"reference":["a","b"]}""",
        ["big-bench-mistake"] = """{"input":"i","steps":["a","b","c"],"target":"t","answer":"u","mistake_index":1}""",
        ["gsm8k"] = """{"question":"6 x 7 x 100?","answer":"6*7=<<6*7=42>>42\n42*100=4200\n#### 4,200"}""",
    };

    public static TheoryData<string> Ids => [.. TrainingRegistry.All.Select(f => f.Traits.Id)];
}
