using Touchstone.Text.Languages;
using Touchstone.Text.Sentences;
using Touchstone.Text.Words;

// Words as spaCy splits them, sentences, and the language.
const string text = "Don't judge a corpus by its cover. We'll measure it in U.S. dollars, e.g. at $5.00 a page!";
var (tokenizer, words) = (new EnglishTokenizer(), new WordList());
tokenizer.Split(text, words);
var second = words.Of(text, 1).ToString();
var language = LanguageIdentifier.Default.Identify(text);
Console.WriteLine($"{words.Count} words, the second is {second}; {EnglishSentences.Count(text, words)} sentences; {language.Language} {language.Probability:P0}");
return second == "n't" && language.Language == "en" ? 0 : 1;
