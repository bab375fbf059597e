using Touchstone.Bench;

var rest = args.Skip(1).ToArray();
ServerProcess.Published = Arguments.Value(rest, "--program");
switch (args.FirstOrDefault())
{
    case "queue-http":
        await QueueHttp.RunAsync(rest);
        return 0;
    case "queue-raw":
        await QueueRaw.RunAsync(rest);
        return 0;
    case "pages":
        await ProjectPages.RunAsync(rest);
        return 0;
    case "quality-detection":
        QualityDetection.Run(rest);
        return 0;
    case "quality":
        TruthInference.Run(rest);
        return 0;
    case "formats":
        await FormatReading.RunAsync(rest);
        return 0;
    case "parquet":
        ParquetRows.Run(rest);
        return 0;
    case "curation-io":
        await CurationIo.RunAsync(rest);
        return 0;
    case "curation-minhash":
        await CurationMinHash.RunAsync(rest);
        return 0;
    case "curation-content":
        CurationContent.Run(rest);
        return 0;
    case "curation-filters":
        CurationFilters.Run(rest);
        return 0;
    case "curation-preset":
        await CurationPreset.RunAsync(rest);
        return 0;
    default:
        Console.Error.WriteLine("""
            Benchmarks. Run each with: dotnet run -c Release --project bench/Touchstone.Bench -- NAME [options]
              queue-raw   the queue without HTTP: import, flat out, paced, far on   [--tasks N] [--seconds N] [--paced-seconds N] [--groups N] [--only sqlite|postgres] [--postgres CONNECTION]
              queue-http  next + submit through HTTP on a million tasks: flat out and paced   [--tasks N] [--warm-seconds N] [--seconds N] [--paced-seconds N] [--only sqlite|postgres] [--postgres CONNECTION]
              pages       start, memory at rest, lists, counts and import on a million tasks   [--tasks N] [--imported N] [--only sqlite|postgres] [--postgres CONNECTION]
              quality-detection   COCO's evaluation of boxes beside the plain loop   [--images N] [--boxes N] [--detections N] [--runs N]
              quality     truth inference on a million votes beside crowd-kit   [--items N] [--repeats N] [--only NAME,NAME]
              formats     COCO of 120,000 images read and converted beside a JsonDocument, and formats that stream   [--images N] [--annotations N] [--coco-only]
              curation-io a corpus in and out without a step: JSONL in gzip, one worker and two   [--megabytes N] [--repeats N] [--data DIR]
              parquet     a million rows as Parquet beside NDJSON: write, read, size   [--rows N] [--repeats N]
              curation-minhash   MinHash signatures of English text, and clustering of signatures within a memory   [--only signatures|clusters] [--megabytes N] [--documents N] [--shards N] [--memory-mb N] [--folder PATH]
              curation-content    redaction, language, decontamination and extraction on one core   [--runs N]
              curation-filters   the filters of FineWeb on one core beside datatrove's speed, decisions compared   [--megabytes N] [--changed-percent N]
              curation-preset    a whole preset over a made corpus: time, core-seconds, memory by stage   [--megabytes N] [--memory SIZE] [--workers N] [--preset NAME] [--seed N] [--folder PATH]
            queue-http and pages measure a published program with --program PATH.
            """);
        return 2;
}
