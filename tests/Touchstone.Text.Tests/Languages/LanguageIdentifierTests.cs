using FsCheck;
using FsCheck.Fluent;
using Touchstone.Text.Languages;

namespace Touchstone.Text.Tests.Languages;

public sealed class LanguageIdentifierTests
{
    // Everyday sentences, of no text that the model was trained from.
    [Theory]
    [InlineData("en", "The train was late again this morning, so we walked along the river instead.")]
    [InlineData("de", "Der Zug hatte heute früh wieder Verspätung, deshalb gingen wir am Fluss entlang.")]
    [InlineData("fr", "Le train était encore en retard ce matin, alors nous avons marché le long de la rivière.")]
    [InlineData("es", "El tren volvió a llegar tarde esta mañana, así que caminamos por la orilla del río.")]
    [InlineData("pt", "O comboio atrasou-se outra vez esta manhã, por isso caminhámos ao longo do rio.")]
    [InlineData("it", "Stamattina il treno era di nuovo in ritardo, così abbiamo camminato lungo il fiume.")]
    [InlineData("nl", "De trein was vanochtend weer te laat, dus zijn we langs de rivier gaan lopen.")]
    [InlineData("pl", "Pociąg znowu się dziś rano spóźnił, więc poszliśmy pieszo wzdłuż rzeki.")]
    [InlineData("cs", "Vlak měl dnes ráno zase zpoždění, a tak jsme šli pěšky podél řeky.")]
    [InlineData("tr", "Tren bu sabah yine geç kaldı, biz de nehir boyunca yürüdük.")]
    [InlineData("ru", "Поезд сегодня утром опять опоздал, поэтому мы пошли пешком вдоль реки.")]
    [InlineData("uk", "Потяг сьогодні вранці знову запізнився, тому ми пішли пішки вздовж річки.")]
    [InlineData("el", "Το τρένο άργησε πάλι σήμερα το πρωί, γι' αυτό περπατήσαμε δίπλα στο ποτάμι.")]
    [InlineData("ar", "تأخر القطار مرة أخرى هذا الصباح، فمشينا على طول النهر.")]
    [InlineData("fa", "قطار امروز صبح دوباره دیر کرد، برای همین کنار رودخانه پیاده رفتیم.")]
    [InlineData("hi", "आज सुबह ट्रेन फिर देर से आई, इसलिए हम नदी के किनारे पैदल चले।")]
    [InlineData("th", "เช้านี้รถไฟมาสายอีกแล้ว เราจึงเดินไปตามแม่น้ำแทน")]
    [InlineData("ko", "오늘 아침에 기차가 또 늦어서 우리는 강을 따라 걸었다.")]
    [InlineData("ja", "今朝はまた電車が遅れたので、川沿いを歩いて行きました。")]
    [InlineData("zh", "今天早上火车又晚点了，所以我们沿着河边走。")]
    [InlineData("vi", "Sáng nay tàu lại đến muộn nên chúng tôi đi bộ dọc theo bờ sông.")]
    [InlineData("fi", "Juna oli tänä aamuna taas myöhässä, joten kävelimme joen vartta.")]
    [InlineData("sv", "Tåget var försenat igen i morse, så vi gick längs floden i stället.")]
    [InlineData("hu", "A vonat ma reggel megint késett, ezért a folyó mentén sétáltunk.")]
    [InlineData("he", "הרכבת איחרה שוב הבוקר, ולכן הלכנו ברגל לאורך הנהר.")]
    public void Everyday_sentences_are_told(string language, string sentence)
    {
        var guess = LanguageIdentifier.Default.Identify(sentence);
        Assert.Equal(language, guess.Language);
        Assert.InRange(guess.Probability, 0.5, 1);
    }

    [Fact]
    public void Names_in_other_letters_do_not_turn_a_text() =>
        Assert.Equal("ru", LanguageIdentifier.Default.Identify("Чтобы запустить React Router, Webpack и TypeScript, откройте Visual Studio Code и терминал").Language);

    [Theory]
    [InlineData("")]
    [InlineData("12345 +++ \n")]
    [InlineData("\ud800\udfff\ud800")]
    [InlineData("ᚠᚢᚦᚨᚱᚲ")]
    public void A_text_without_letters_of_a_known_script_is_undetermined(string text) =>
        Assert.Equal(LanguageGuess.Undetermined, LanguageIdentifier.Default.Identify(text));

    [Fact]
    public void Probabilities_are_a_distribution_and_the_same_each_time()
    {
        var identifier = LanguageIdentifier.Default;
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var (first, second) = (new float[identifier.Languages.Count], new float[identifier.Languages.Count]);
            var isTold = identifier.TryScore(text ?? "", first);
            identifier.TryScore(text ?? "", second);
            Assert.Equal(first, second);
            Assert.Equal(isTold ? 1 : 0, first.Sum(), 1e-4);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void The_model_is_small_and_reads_back_as_it_was_written()
    {
        (string, uint)[] languages = [("aa", 1u << (int)WritingScript.Latin), ("bb", 1u << (int)WritingScript.Latin)];
        var (weights, rows) = (new float[2 * LanguageIdentifier.Dimensions], new sbyte[2 * LanguageIdentifier.Dimensions]);
        (weights[0], weights[LanguageIdentifier.Dimensions]) = (1, -1);
        rows.AsSpan().Fill(1);
        using var stream = new MemoryStream();
        LanguageIdentifier.Write(stream, languages, weights, [0, 0], rows);
        var whole = stream.ToArray();
        var guess = LanguageIdentifier.Read(new MemoryStream(whole)).Identify("any text");
        Assert.Equal("aa", guess.Language);
        Assert.Equal(1 / (1 + Math.Exp(-2)), guess.Probability, 1e-6);
        for (var length = 0; length < whole.Length - 1; length++)
            Assert.ThrowsAny<Exception>(() => LanguageIdentifier.Read(new MemoryStream(whole, 0, length)));
        Assert.Throws<InvalidDataException>(() => LanguageIdentifier.Read(new MemoryStream([1, 2, 3])));
    }
}
