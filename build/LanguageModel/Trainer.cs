using System.Diagnostics;
using Touchstone.Text.Languages;

namespace LanguageModel;

/// <summary>Fits the vectors of features and languages by stochastic gradient descent on pieces of the corpus; the same corpus and seed give the same model.</summary>
internal sealed class Trainer
{
    private const int Dimensions = LanguageIdentifier.Dimensions;
    private const int Buckets = 1 << 17;
    private const int Pieces = 3_000_000;
    private const float FirstRate = 0.15f;
    private const double Balance = 0.35;         // a language with ten times the text is drawn about twice as often
    private const int MinPieceLetters = 12;
    private const int MaxPieceLetters = 500;
    private const double MinScriptShare = 0.02;  // less of a language's letters are other languages' words

    private readonly string[] _languages;
    private readonly List<string>[] _lines;
    private readonly uint[] _scripts;
    private readonly float[] _rows = new float[Buckets * Dimensions];
    private readonly float[] _weights;
    private readonly Random _random = new(20_261_123);
    private readonly List<uint> _hashes = [];
    private readonly float[] _mean = new float[Dimensions];
    private readonly float[] _gradient = new float[Dimensions];
    private readonly float[] _probabilities;

    public Trainer(SortedDictionary<string, List<string>> corpus, int minLetters)
    {
        var kept = corpus.Where(c => c.Value.Sum(l => (long)l.Length) >= minLetters).ToArray();
        _languages = [.. kept.Select(k => k.Key)];
        _lines = [.. kept.Select(k => k.Value)];
        _scripts = [.. _lines.Select(Scripts)];
        _weights = new float[_languages.Length * Dimensions];
        _probabilities = new float[_languages.Length];
        for (var i = 0; i < _weights.Length; i++) _weights[i] = (float)(_random.NextDouble() * 2 - 1);
    }

    private static uint Scripts(List<string> lines)
    {
        var letters = new long[WritingScripts.Count];
        foreach (var line in lines)
            foreach (var unit in line) letters[(int)WritingScripts.Of(unit)]++;
        letters[0] = 0;
        var most = letters.Sum();
        uint scripts = 0;
        for (var s = 1; s < letters.Length; s++)
            if (letters[s] >= MinScriptShare * most && (s != (int)WritingScript.Latin || letters[s] >= 0.5 * most || letters.Max() == letters[s])) scripts |= 1u << s;
        return scripts;
    }

    public void Train()
    {
        var chances = Chances();
        var clock = Stopwatch.StartNew();
        double loss = 0;
        for (var step = 0; step < Pieces; step++)
        {
            var language = Draw(chances);
            loss += Learn(language, Piece(_lines[language]), FirstRate * (1 - (float)step / Pieces));
            if ((step + 1) % 100_000 != 0) continue;
            Console.WriteLine($"{step + 1} pieces, loss {loss / 100_000:0.0000}, {clock.Elapsed.TotalSeconds:0} s");
            loss = 0;
        }
    }

    private double[] Chances()
    {
        var sizes = _lines.Select(l => Math.Pow(l.Sum(t => (double)t.Length), Balance)).ToArray();
        var sum = 0.0;
        return [.. sizes.Select(s => sum += s / sizes.Sum())];
    }

    private int Draw(double[] chances)
    {
        var place = Array.BinarySearch(chances, _random.NextDouble());
        return Math.Min(place < 0 ? ~place : place, chances.Length - 1);
    }

    // Neighbouring lines up to a length that is as often short as long.
    private string Piece(List<string> lines)
    {
        var wanted = MinPieceLetters * Math.Pow((double)MaxPieceLetters / MinPieceLetters, _random.NextDouble());
        var piece = "";
        for (var line = _random.Next(lines.Count); line < lines.Count && piece.Length < wanted; line++) piece += lines[line] + "\n";
        if (piece.Length <= wanted * 1.5) return piece;
        var start = _random.Next(piece.Length - (int)wanted);
        return piece.Substring(start, (int)wanted);
    }

    private double Learn(int language, string piece, float rate)
    {
        var script = LanguageFeatures.DominantScript(piece);
        if ((_scripts[language] & (1u << (int)script)) == 0) return 0;
        _hashes.Clear();
        LanguageFeatures.Add(piece, script, _hashes);
        if (_hashes.Count == 0) return 0;

        Array.Clear(_mean);
        foreach (var hash in _hashes)
        {
            var row = _rows.AsSpan((int)(hash & (Buckets - 1)) * Dimensions, Dimensions);
            for (var d = 0; d < Dimensions; d++) _mean[d] += row[d];
        }

        for (var d = 0; d < Dimensions; d++) _mean[d] /= _hashes.Count;
        Predict(1u << (int)script);
        var loss = -Math.Log(Math.Max(_probabilities[language], 1e-9f));

        Array.Clear(_gradient);
        for (var l = 0; l < _languages.Length; l++)
        {
            var error = rate * ((l == language ? 1 : 0) - _probabilities[l]);
            if (error == 0) continue;
            var weights = _weights.AsSpan(l * Dimensions, Dimensions);
            for (var d = 0; d < Dimensions; d++)
            {
                _gradient[d] += error * weights[d];
                weights[d] += error * _mean[d];
            }
        }

        // By the root of the number of features: divided by the number itself, as in fastText, those of long pieces hardly move; not divided, they overshoot.
        var share = 1f / MathF.Sqrt(_hashes.Count);
        foreach (var hash in _hashes)
        {
            var row = _rows.AsSpan((int)(hash & (Buckets - 1)) * Dimensions, Dimensions);
            for (var d = 0; d < Dimensions; d++) row[d] += _gradient[d] * share;
        }

        return loss;
    }

    private void Predict(uint script)
    {
        var most = float.NegativeInfinity;
        for (var l = 0; l < _languages.Length; l++)
        {
            float score = 0;
            for (var d = 0; d < Dimensions; d++) score += _weights[l * Dimensions + d] * _mean[d];
            _probabilities[l] = score;
            if ((_scripts[l] & script) != 0) most = Math.Max(most, score);
        }

        float sum = 0;
        for (var l = 0; l < _languages.Length; l++)
            sum += _probabilities[l] = (_scripts[l] & script) != 0 ? MathF.Exp(_probabilities[l] - most) : 0;
        for (var l = 0; l < _languages.Length; l++) _probabilities[l] /= sum;
    }

    /// <summary>Writes the model with rows as bytes: the one in a thousand largest numbers are cut to the byte's range.</summary>
    public void Save(string path)
    {
        var sizes = _rows.Where(r => r != 0).Select(Math.Abs).Order().ToArray();
        var scale = 127 / sizes[(int)(sizes.Length * 0.999)];
        var rows = Array.ConvertAll(_rows, r => (sbyte)Math.Clamp(MathF.Round(r * scale), -127, 127));
        var weights = Array.ConvertAll(_weights, w => w / scale);
        using var file = File.Create(path);
        LanguageIdentifier.Write(file, [.. _languages.Zip(_scripts)], weights, new float[_languages.Length], rows);
        Console.WriteLine($"{_languages.Length} languages, {sizes.Length / (double)_rows.Length:0.00} of the rows used, {file.Length} bytes: {string.Join(' ', _languages)}");
    }
}
